/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import java.util.List;

/** Fields {@code proc.*}, {@code thread.*}, {@code user.*} and {@code group.*}. */
final class ProcessFields {
    private static final byte[] NOTHING = {};

    private ProcessFields() {}

    static List<FieldSpec> all() {
        return List.of(
                text("proc.name", Field.PROC_NAME, 0),
                text("proc.exe", Field.PROC_EXE, 0),
                text("proc.exepath", Field.PROC_EXEPATH, 0),
                text("proc.args", Field.PROC_ARGS, 0),
                FieldSpec.text("proc.cmdline", (event, into) -> commandLine(event, Field.PROC_NAME, 0, into)),
                FieldSpec.text("proc.exeline", (event, into) -> commandLine(event, Field.PROC_EXE, 0, into)),
                number("proc.pid", Field.PROC_PID, 0),
                text("proc.pname", Field.PROC_NAME, 1),
                text("proc.pexe", Field.PROC_EXE, 1),
                text("proc.pexepath", Field.PROC_EXEPATH, 1),
                FieldSpec.text("proc.pcmdline", (event, into) -> commandLine(event, Field.PROC_NAME, 1, into)),
                number("proc.ppid", Field.PROC_PID, 1),
                ancestors("proc.aname", Field.PROC_NAME),
                ancestors("proc.aexe", Field.PROC_EXE),
                ancestors("proc.aexepath", Field.PROC_EXEPATH),
                FieldSpec.ancestors(
                        "proc.acmdline", (event, depth, into) -> commandLine(event, Field.PROC_NAME, depth, into)),
                FieldSpec.ancestors(
                        "proc.apid", (event, depth) -> event.source().number(Field.PROC_PID, depth)),
                FieldSpec.text("proc.cwd", ProcessFields::workingDirectory),
                number("proc.tty", Field.PROC_TTY, 0),
                number("proc.duration", Field.PROC_DURATION, 0),
                flag("proc.is_exe_upper_layer", Field.PROC_EXE_UPPER_LAYER),
                flag("proc.is_exe_from_memfd", Field.PROC_EXE_MEMFD),
                capabilities("thread.cap_effective", Field.CAP_EFFECTIVE),
                capabilities("thread.cap_permitted", Field.CAP_PERMITTED),
                capabilities("thread.cap_inheritable", Field.CAP_INHERITABLE),
                number("user.uid", Field.USER_UID, 0),
                text("user.name", Field.USER_NAME, 0),
                number("user.loginuid", Field.USER_LOGINUID, 0),
                text("user.loginname", Field.USER_LOGINNAME, 0),
                number("group.gid", Field.GROUP_GID, 0));
    }

    private static FieldSpec text(String name, Field field, int depth) {
        return FieldSpec.text(name, (event, into) -> event.source().text(field, depth, into));
    }

    private static FieldSpec number(String name, Field field, int depth) {
        return FieldSpec.number(name, event -> event.source().number(field, depth));
    }

    private static FieldSpec flag(String name, Field field) {
        return FieldSpec.flag(name, event -> event.source().number(field, 0));
    }

    private static FieldSpec ancestors(String name, Field field) {
        return FieldSpec.ancestors(name, (event, depth, into) -> event.source().text(field, depth, into));
    }

    private static FieldSpec capabilities(String name, Field field) {
        return FieldSpec.text(name, (event, into) -> {
            long bits = event.source().number(field, 0);
            if (bits == MISSING) {
                return false;
            }
            FlagNames.CAPABILITIES.show(NOTHING, bits, into);
            return true;
        });
    }

    /** The name, or argv[0], and the arguments behind it. Missing arguments leave the name alone. */
    private static boolean commandLine(Occurrence event, Field head, int depth, Slice into) {
        Slice name = event.scratch();
        if (!event.source().text(Field.PROC_ARGS, depth, into) || into.length() == 0) {
            return event.source().text(head, depth, into);
        }
        if (!event.source().text(head, depth, name)) {
            return false;
        }
        byte[] arguments = into.bytes();
        int offset = into.offset();
        int length = into.length();
        int nameLength = name.length();
        byte[] room = into.room(nameLength + 1 + length);
        System.arraycopy(arguments, offset, room, nameLength + 1, length);
        System.arraycopy(name.bytes(), name.offset(), room, 0, nameLength);
        room[nameLength] = ' ';
        return true;
    }

    /** With a final slash, as Falco writes it. */
    private static boolean workingDirectory(Occurrence event, Slice into) {
        if (!event.source().text(Field.PROC_CWD, 0, into)) {
            return false;
        }
        int length = into.length();
        if (length > 0 && into.at(length - 1) != '/') {
            byte[] directory = into.bytes();
            int offset = into.offset();
            byte[] room = into.room(length + 1);
            System.arraycopy(directory, offset, room, 0, length);
            room[length] = '/';
        }
        return true;
    }
}
