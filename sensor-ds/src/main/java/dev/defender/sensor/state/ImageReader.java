/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.ExecEvent;
import dev.defender.sensor.decode.RawEvent;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ProcessImage} of an EXEC or TASK event, or of what little a bare header says. */
final class ImageReader {
    private final byte[] scratch = new byte[RawEvent.COMM_BYTES + 3 * RawEvent.MAX_TEXT + 1];
    private final ProcessTable table;

    ImageReader(ProcessTable table) {
        this.table = table;
    }

    /** Full image. */
    ProcessImage read(RawEvent event, @Nullable ProcessEntry keep) {
        ExecEvent exec = event.exec();
        int name = event.copyComm(scratch, 0);
        int exe = name;
        int args = trimmed(name, exec.copyArgs(scratch, name));
        while (exe < args && scratch[exe] != 0) {
            exe++;
        }
        if (exe < args) {
            // The NUL between argv[0] and the rest goes, so that the rest begins where argv[0] ends.
            System.arraycopy(scratch, exe + 1, scratch, exe, args - exe - 1);
            args--;
        }
        int path = args + exec.copyExe(scratch, args);
        int directory = path + exec.copyCwd(scratch, path);
        int flags = event.flags();
        ProcessImage image = fill(directory, keep);
        image.bounds(name, exe, args, path, directory);
        image.flags(
                (flags & EventFlags.ARGS_TRUNCATED) != 0,
                (flags & EventFlags.UPPER_LAYER) != 0,
                (flags & EventFlags.MEMFD) != 0,
                (flags & EventFlags.KERNEL_THREAD) != 0);
        image.capabilities(exec.capEffective(), exec.capPermitted(), exec.capInheritable());
        image.session(exec.tty(), event.loginUid(), exec.exeInode());
        return image;
    }

    /** Of a process that the table does not know: its name is all there is. */
    ProcessImage bare(RawEvent event, @Nullable ProcessEntry keep) {
        int name = event.copyComm(scratch, 0);
        ProcessImage image = fill(name, keep);
        image.bounds(name, name, name, name, name);
        image.session(0, event.loginUid(), 0);
        return image;
    }

    private ProcessImage fill(int length, @Nullable ProcessEntry keep) {
        ProcessImage image = table.image(Math.max(1, length), keep);
        System.arraycopy(scratch, 0, image.text(), 0, length);
        return image;
    }

    /** End of the arguments without the NULs behind the last. */
    private int trimmed(int from, int length) {
        int end = from + length;
        if (end > from && scratch[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
