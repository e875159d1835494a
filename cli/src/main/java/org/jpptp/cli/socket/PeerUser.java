package org.jpptp.cli.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/**
 * Who is on the other end of a socket, as the kernel says (SO_PEERCRED). The socket's permissions keep others out already; this
 * also holds where somebody has changed them.
 */
final class PeerUser {
    private static final String ROOT = "0";

    private final UserPrincipal own;
    private final UserPrincipal root;

    private PeerUser(UserPrincipal own, UserPrincipal root) {
        this.own = own;
        this.root = root;
    }

    /** @param socket one that this process has made */
    static PeerUser ownerOf(Path socket) throws IOException {
        // By its number, which is taken for one where no user has it for a name: what shows root's processes or files
        // here may
        // be hidden, as it is from a service.
        UserPrincipal root =
                socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ROOT);
        return new PeerUser(Files.getOwner(socket), root);
    }

    /** Whether it is the same user, or root. */
    boolean isAllowed(SocketChannel peer) throws IOException {
        return isAllowed(peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }

    boolean isAllowed(UserPrincipal user) {
        return user.equals(own) || user.equals(root);
    }
}
