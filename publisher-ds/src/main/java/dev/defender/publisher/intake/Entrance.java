/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/**
 * A socket that producers connect to, and who may speak through it. Each kind of producer has its own, so that none can
 * speak as another even where their user ids are the same.
 */
public record Entrance(Path path, ServerSocketChannel channel, PeerTable peers) implements AutoCloseable {
    /** @throws IOException with a message for the user; {@code option} is the option that named the path */
    public static Entrance open(String option, Path path, PeerTable peers) throws IOException {
        return new Entrance(path, SocketFile.bind(option, path), peers);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
