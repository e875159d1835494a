package org.jpptp.cli.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.socket.SocketPlace.Claim;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketServerTest {
    private static final TunnelName OFFICE = new TunnelName("office");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private SocketPlace place;
    private final CompletableFuture<JsonObject> over = new CompletableFuture<>();
    /** Whether somebody waits for the end. */
    private final CompletableFuture<Boolean> awaited = new CompletableFuture<>();

    @BeforeEach
    void make() {
        place = new SocketPlace(directory);
    }

    private SocketServer serve(Claim claim) throws IOException {
        return SocketServer.start(claim, JsonObject.of("name", claim.name().text()), () -> new Visitor() {
            @Override
            public CompletableFuture<JsonObject> status() {
                return CompletableFuture.completedFuture(JsonObject.of("state", "up"));
            }

            @Override
            public CompletableFuture<JsonObject> trace() {
                return CompletableFuture.completedFuture(JsonObject.of("trace", "sent"));
            }

            @Override
            public CompletableFuture<JsonObject> up() {
                return CompletableFuture.failedFuture(new UnsupportedOperationException("odd"));
            }

            @Override
            public CompletableFuture<JsonObject> down() {
                awaited.complete(true);
                return over;
            }
        });
    }

    private SocketClient connect() throws IOException {
        return SocketClient.connect(place.file(OFFICE));
    }

    private static JsonObject status(SocketClient client) throws IOException {
        return client.ask("status", LONG);
    }

    @Test
    void manyAskOneAfterTheOtherAndBesideEachOther() throws IOException {
        try (SocketServer server = serve(place.claim(OFFICE));
                SocketClient one = connect();
                SocketClient other = connect()) {
            assertThat(server).isNotNull();
            assertThat(one.greeting().text("name")).isEqualTo("office");
            for (int i = 0; i < 100; i++) {
                assertThat(status(one).text("state")).isEqualTo("up");
                assertThat(status(other).text("state")).isEqualTo("up");
            }
            assertThatThrownBy(() -> one.ask("up", LONG))
                    .isInstanceOf(SocketClient.Refused.class)
                    .hasMessage("This tunnel tells nothing of itself.");
            assertThatThrownBy(() -> other.ask("reboot", LONG)).hasMessage("There is no request 'reboot'.");
            assertThatThrownBy(() -> status(other)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theSocketIsItsUsersOnlyAndGoneAtTheEnd() throws IOException {
        try (SocketServer server = serve(place.claim(OFFICE))) {
            assertThat(server).isNotNull();
            assertThat(Files.getPosixFilePermissions(place.file(OFFICE)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(place.look(OFFICE)).isEqualTo(Found.ALIVE);
            assertThat(place.names()).containsExactly(OFFICE);
        }
        assertThat(place.look(OFFICE)).isEqualTo(Found.NOTHING);
        assertThat(place.names()).isEmpty();
    }

    @Test
    void aStartClearsAwayWhatTheDeadLeft() throws IOException {
        TunnelName died = TunnelName.parse("died");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(place.file(died)));
        }
        assertThat(place.look(died)).isEqualTo(Found.DEAD);
        TunnelName other = TunnelName.parse("other");
        try (SocketServer alive = serve(place.claim(other));
                SocketServer server = serve(place.claim(OFFICE))) {
            assertThat(List.of(alive, server)).doesNotContainNull();
            assertThat(place.names()).containsExactly(OFFICE, other);
            assertThat(place.look(other)).isEqualTo(Found.ALIVE);
        }
    }

    /** Whoever waits for the end is told once the name is free. */
    @Test
    void theLastAnswerComesAfterTheNameIsFree() throws Exception {
        SocketServer server = serve(place.claim(OFFICE));
        try (SocketClient client = connect()) {
            CompletableFuture<JsonObject> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.ask("down", LONG);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(awaited).succeedsWithin(LONG);
            server.release();
            try (SocketServer next = serve(place.claim(OFFICE))) {
                assertThat(next).isNotNull();
                over.complete(JsonObject.of("exitCode", 0));
                server.close();
                assertThat(answer.get().has("exitCode")).isTrue();
                assertThatThrownBy(() -> client.ask("status", LONG)).isInstanceOf(IOException.class);
                assertThat(place.look(OFFICE)).as("of the next").isEqualTo(Found.ALIVE);
            }
        }
    }

    @Test
    void oneWhoNeverReadsHurtsNobody() throws IOException {
        try (SocketServer server = serve(place.claim(OFFICE));
                SocketChannel deaf = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketClient client = connect()) {
            assertThat(server).isNotNull();
            deaf.connect(UnixDomainSocketAddress.of(place.file(OFFICE)));
            deaf.configureBlocking(false);
            ByteBuffer requests =
                    ByteBuffer.wrap(("{\"jpptp\":1}\n" + "{\"request\":\"status\"}\n".repeat(2000)).getBytes(UTF_8));
            boolean closed = false;
            for (int i = 0; i < 500 && !closed; i++) {
                try {
                    deaf.write(requests);
                    requests = requests.hasRemaining()
                            ? requests
                            : ByteBuffer.wrap(
                                    "{\"request\":\"status\"}\n".repeat(2000).getBytes(UTF_8));
                } catch (IOException e) {
                    closed = true;
                }
                assertThat(status(client).text("state")).isEqualTo("up");
            }
        }
    }

    @Test
    void noMoreThanSomeAreConnectedAndWhoLeavesMakesRoom() throws IOException {
        try (SocketServer server = serve(place.claim(OFFICE))) {
            assertThat(server).isNotNull();
            List<SocketClient> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                clients.add(connect());
            }
            assertThatThrownBy(this::connect).isInstanceOfAny(EOFException.class, IOException.class);
            for (SocketClient client : clients) {
                assertThat(status(client).text("state")).isEqualTo("up");
                client.close();
            }
            SocketClient late = null;
            for (int i = 0; i < 1000 && late == null; i++) {
                try {
                    late = connect();
                } catch (IOException stillFull) {
                    Thread.onSpinWait();
                }
            }
            assertThat(late).isNotNull();
            late.close();
        }
    }

    @Test
    void aSecondTunnelOfANameIsRefusedAndANameWithoutAnOwnerIsTaken() throws IOException {
        Claim claim = place.claim(OFFICE);
        assertThatThrownBy(() -> place.claim(OFFICE)).isInstanceOf(SocketPlace.NameTaken.class);
        try (Claim numbered = place.claimFirst(OFFICE)) {
            assertThat(numbered.name().text()).isEqualTo("office-2");
        }
        claim.channel().close(); // as the kernel does it when the process is killed
        assertThat(place.look(OFFICE)).isEqualTo(Found.DEAD);
        assertThat(place.names()).containsExactly(OFFICE);
        place.claim(OFFICE).close();
        assertThat(place.look(OFFICE)).isEqualTo(Found.NOTHING);
    }

    @Test
    void whatADeadTunnelLeftIsSweptAndALivingOneIsNot() throws IOException {
        place.claim(OFFICE).channel().close();
        place.sweep();
        assertThat(place.look(OFFICE)).isEqualTo(Found.NOTHING);
        try (Claim alive = place.claim(OFFICE)) {
            assertThat(alive.name()).isEqualTo(OFFICE);
            place.sweep();
            assertThat(place.look(OFFICE)).isEqualTo(Found.ALIVE);
        }
    }

    @Test
    void onlyTheSameUserAndRootAreServed() throws IOException {
        try (Claim claim = place.claim(OFFICE)) {
            PeerUser users = PeerUser.ownerOf(claim.file());
            UserPrincipal own = Files.getOwner(claim.file());
            UserPrincipal root = Files.getOwner(Path.of("/proc/1"));
            UserPrincipal other =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            assertThat(users.isAllowed(own)).isTrue();
            assertThat(users.isAllowed(root)).isTrue();
            assertThat(users.isAllowed(other)).isFalse();
        }
    }

    private enum Ends {
        /** To ask fails: EPIPE. */
        BEFORE_IT_IS_ASKED,
        /** To hear fails: ECONNRESET. */
        BEFORE_IT_READS_THE_REQUEST
    }

    @ParameterizedTest
    @EnumSource
    void oneThatEndsWithoutAnAnswerIsSeenToEnd(Ends ends) throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(place.file(OFFICE)));
            CompletableFuture<Boolean> mayClose = new CompletableFuture<>();
            Thread ending = new Thread(() -> {
                try (SocketChannel channel = other.accept()) {
                    channel.write(ByteBuffer.wrap("{\"jpptp\":1,\"name\":\"office\"}\n".getBytes(UTF_8)));
                    assertThat(mayClose.get()).isTrue();
                    if (ends == Ends.BEFORE_IT_READS_THE_REQUEST) {
                        awaitRequest(channel);
                    }
                } catch (IOException | InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            });
            ending.start();
            try (SocketClient client = connect()) {
                mayClose.complete(true);
                if (ends == Ends.BEFORE_IT_IS_ASKED) {
                    ending.join();
                }
                assertThatThrownBy(() -> status(client)).isInstanceOf(EOFException.class);
            }
            ending.join();
        }
    }

    private static void awaitRequest(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            assertThat(selector.select()).isOne();
        }
    }

    @Test
    void anotherVersionsTunnelIsToldApart() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(place.file(OFFICE)));
            Thread answering = new Thread(() -> {
                try (SocketChannel channel = other.accept()) {
                    channel.write(ByteBuffer.wrap("{\"jpptp\":2,\"name\":\"office\"}\n".getBytes(UTF_8)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            answering.start();
            assertThatThrownBy(this::connect)
                    .isInstanceOf(SocketClient.Refused.class)
                    .hasMessageContaining("another version of the control protocol (2)");
        }
    }
}
