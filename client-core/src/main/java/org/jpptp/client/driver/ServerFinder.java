package org.jpptp.client.driver;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ConnectDiagnosis;
import org.jspecify.annotations.Nullable;

/** Finds the IPv4 addresses of a server's name, in bounded time: the system's resolver may take minutes. */
public final class ServerFinder {
    private static final int SECONDS = 15;

    private ServerFinder() {}

    /**
     * Either addresses, at least one, or a failure.
     *
     * @param addresses in the resolver's order
     */
    public record Found(
            List<Inet4Address> addresses, @Nullable Failure failure) {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Asks the resolver.
     *
     * @param stop completes when nobody waits for the answer any more
     */
    public static Found find(String name, CompletableFuture<?> stop) {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread resolver = new Thread(
                () -> {
                    try {
                        answer.complete(InetAddress.getAllByName(name));
                    } catch (UnknownHostException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "jpptp-resolver");
        resolver.setDaemon(true); // it cannot be interrupted, and must not keep the process
        resolver.start();
        try {
            CompletableFuture.anyOf(answer, stop).get(SECONDS, TimeUnit.SECONDS);
            return answer.isDone() ? usable(name, answer.get()) : missing(name, "the question was given up");
        } catch (ExecutionException e) {
            return missing(name, "the resolver does not know it");
        } catch (TimeoutException e) {
            return missing(name, "the resolver gave no answer within " + SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return missing(name, "the question was interrupted");
        }
    }

    private static Found usable(String name, InetAddress[] all) {
        List<Inet4Address> addresses = new ArrayList<>();
        for (InetAddress address : all) {
            if (address instanceof Inet4Address ipv4) {
                addresses.add(ipv4);
            }
        }
        return addresses.isEmpty()
                ? missing(name, "the resolver has only IPv6 addresses for it, and PPTP needs IPv4")
                : new Found(addresses, null);
    }

    private static Found missing(String name, String why) {
        return new Found(List.of(), ConnectDiagnosis.nameNotFound(name, why));
    }
}
