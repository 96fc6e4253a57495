/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.protocol.v1.File;
import dev.defender.protocol.v1.Process;
import dev.defender.protocol.v1.User;
import java.io.IOException;
import java.util.HexFormat;

/** OCSF process, file and user. */
final class ProcessJson {
    private static final long UNSET_LOGIN_UID = 0xffff_ffffL;

    private final JsonGenerator json;
    private final long bootNs;
    private final long bootMillis;

    /**
     * @param bootNs CLOCK_BOOTTIME of an instant, ns
     * @param bootMillis the same instant since the Unix epoch, ms; by it other boot times become wall-clock times
     */
    ProcessJson(JsonGenerator json, long bootNs, long bootMillis) {
        this.json = json;
        this.bootNs = bootNs;
        this.bootMillis = bootMillis;
    }

    void field(String name, Process process) throws IOException {
        json.writeFieldName(name);
        object(process);
    }

    /** An actor that is a process. */
    void actor(Process process) throws IOException {
        json.writeObjectFieldStart("actor");
        field("process", process);
        json.writeEndObject();
    }

    /** The parent as far as it is known; at least its number. */
    Process parentOf(Process process) {
        return process.hasParentProcess()
                ? process.getParentProcess()
                : Process.newBuilder().setPid(process.getParentPid()).build();
    }

    void object(Process process) throws IOException {
        json.writeStartObject();
        json.writeNumberField("pid", Integer.toUnsignedLong(process.getPid()));
        if (process.getCreatedTimeBootNs() != 0) {
            json.writeNumberField("created_time", bootMillis - (bootNs - process.getCreatedTimeBootNs()) / 1_000_000);
        }
        text("name", process.getName());
        text("cmd_line", process.getCmdLine());
        text("working_directory", process.getWorkingDirectory());
        if (process.hasFile()) {
            file("file", process.getFile());
        }
        if (process.hasUser()) {
            user(process);
        }
        if (process.getSession().getTerminal() != 0) {
            json.writeObjectFieldStart("session");
            json.writeStringField("terminal", terminal(process.getSession().getTerminal()));
            json.writeEndObject();
        }
        if (process.hasParentProcess()) {
            field("parent_process", process.getParentProcess());
        }
        defender(process);
        json.writeEndObject();
    }

    private void user(Process process) throws IOException {
        User user = process.getUser();
        json.writeObjectFieldStart("user");
        json.writeStringField("uid", Integer.toUnsignedString(user.getUid()));
        text("name", user.getName());
        json.writeEndObject();
        json.writeObjectFieldStart("group");
        json.writeStringField("uid", Integer.toUnsignedString(user.getGid()));
        json.writeEndObject();
        json.writeNumberField("euid", Integer.toUnsignedLong(user.getEuid()));
        long loginUid = Integer.toUnsignedLong(process.getSession().getLoginUid());
        if (process.hasSession() && loginUid != UNSET_LOGIN_UID) {
            json.writeNumberField("auid", loginUid);
        }
    }

    private void defender(Process process) throws IOException {
        json.writeObjectFieldStart("defender");
        json.writeNumberField("parent_pid", Integer.toUnsignedLong(process.getParentPid()));
        text("exe", process.getExe());
        capabilities("cap_effective", process.getCapEffective());
        capabilities("cap_permitted", process.getCapPermitted());
        capabilities("cap_inheritable", process.getCapInheritable());
        json.writeEndObject();
    }

    /** In the form of /proc/PID/status: bit n = capability n. */
    private void capabilities(String name, long bits) throws IOException {
        if (bits != 0) {
            json.writeStringField(name, HexFormat.of().toHexDigits(bits));
        }
    }

    void file(String name, File file) throws IOException {
        json.writeObjectFieldStart(name);
        String path = file.getPath();
        json.writeStringField("name", path.substring(path.lastIndexOf('/') + 1));
        json.writeStringField("path", path);
        json.writeNumberField("type_id", file.getMemfd() ? 99 : 1);
        if (file.getInode() != 0) {
            json.writeStringField("uid", Long.toUnsignedString(file.getInode()));
        }
        json.writeObjectFieldStart("defender");
        json.writeBooleanField("upper_layer", file.getUpperLayer());
        json.writeBooleanField("memfd", file.getMemfd());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String terminal(int device) {
        return (device >>> 8) + ":" + (device & 0xff);
    }

    private void text(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
