/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.example;

import bpf4j.BpfLink;
import bpf4j.BpfObject;
import bpf4j.RingBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the next programs that start on this machine: {@code ExecSnoop exec.bpf.o 10}. */
public final class ExecSnoop {
    private static int left;

    public static void main(String[] args) throws Exception {
        left = Integer.parseInt(args[1]);
        try (BpfObject object = BpfObject.open("execsnoop", Files.readAllBytes(Path.of(args[0])))) {
            object.mapSpec("ring").maxEntries(256 * 1024);
            object.load();
            try (BpfLink link = object.program("on_exec").attach();
                    RingBuffer ring = RingBuffer.map(object.map("ring"))) {
                while (left > 0) {
                    ring.consume((data, offset, length) -> {
                        byte[] comm = new byte[16];
                        data.get(offset + 4, comm);
                        left--;
                        System.out.println(data.getInt(offset) + " " + new String(comm, StandardCharsets.UTF_8).trim());
                    });
                    ring.await(20, -1);
                }
            }
        }
    }
}
