/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.File;
import dev.defender.protocol.v1.FileSystemActivity;
import dev.defender.protocol.v1.Process;
import dev.defender.protocol.v1.ProcessActivity;
import dev.defender.protocol.v1.Session;
import dev.defender.protocol.v1.User;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Events as the sensor encodes them, none like another: ids, times, paths and arguments vary, so that the compressor
 * finds what it finds in real ones. At least 250 bytes in the mean.
 */
final class SampleEvents {
    private static final String[] PROGRAMS = {"sh", "curl", "python3", "nginx", "java", "cat", "grep", "node"};

    private SampleEvents() {}

    static List<byte[]> bodies(int count) {
        Random random = new Random(7);
        List<byte[]> bodies = new ArrayList<>(count);
        String[] containers = new String[20];
        for (int i = 0; i < containers.length; i++) {
            byte[] id = new byte[32];
            random.nextBytes(id);
            containers[i] = HexFormat.of().formatHex(id);
        }
        for (int i = 0; i < count; i++) {
            bodies.add(event(random, containers, i).toByteArray());
        }
        return bodies;
    }

    private static Event event(Random random, String[] containers, int i) {
        String program = PROGRAMS[random.nextInt(PROGRAMS.length)];
        Process parent = process(random, "bash", "bash -c run-job " + random.nextInt(100_000), i)
                .build();
        Event.Builder event = Event.newBuilder()
                .setTimeBootNs(1_000_000_000_000L + i * 33_000L + random.nextInt(20_000))
                .setProcess(
                        process(random, program, program + " --input=/data/" + random.nextInt(1_000_000) + ".json", i)
                                .setParentProcess(parent))
                .setContainer(Container.newBuilder().setUid(containers[random.nextInt(containers.length)]))
                .setLedgerRow(1 + random.nextInt(containers.length));
        if (random.nextInt(3) == 0) {
            event.setFileSystemActivity(FileSystemActivity.newBuilder()
                    .setFile(File.newBuilder()
                            .setPath("/var/lib/app/" + random.nextInt(5000) + "/state.db")
                            .setInode(random.nextInt(10_000_000)))
                    .setOpenFlags(0x8241)
                    .setResult(random.nextInt(200)));
        } else {
            event.setProcessActivity(ProcessActivity.getDefaultInstance());
        }
        return event.build();
    }

    private static Process.Builder process(Random random, String name, String arguments, int i) {
        return Process.newBuilder()
                .setPid(1000 + random.nextInt(60_000))
                .setCreatedTimeBootNs(900_000_000_000L + i * 31_000L + random.nextInt(20_000))
                .setName(name)
                .setCmdLine(arguments)
                .setFile(File.newBuilder().setPath("/usr/bin/" + name).setInode(random.nextInt(1_000_000)))
                .setUser(User.newBuilder().setUid(1000 + random.nextInt(5)).setGid(1000))
                .setSession(Session.newBuilder().setLoginUid(-1))
                .setParentPid(1 + random.nextInt(60_000))
                .setWorkingDirectory("/srv/app");
    }
}
