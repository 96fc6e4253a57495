/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a filter can name. A field that a row does not have is absent: only {@code !=} and {@code not} hold. */
public enum Field {
    CLUSTER("cluster", FieldType.TEXT, false),
    NODE("node", FieldType.TEXT, false),
    BOOT_ID("boot_id", FieldType.TEXT, false),
    PRODUCER("producer", FieldType.TEXT, false),
    EPOCH("epoch", FieldType.INTEGER, false),
    LANE("lane", FieldType.INTEGER, false),
    SEQUENCE("sequence", FieldType.INTEGER, false),
    CLASS("class", FieldType.RECORD_CLASS, false),
    RECEIVED("received", FieldType.TIME, false),
    TIME("time", FieldType.TIME, false),
    CONTAINER("container", FieldType.TEXT, false),
    CONTEXT("context", FieldType.CONTEXT, false),
    CONTAINER_NAME("container.name", FieldType.TEXT, false),
    IMAGE("image", FieldType.TEXT, false),
    NAMESPACE("namespace", FieldType.TEXT, false),
    POD("pod", FieldType.TEXT, false),
    PID("pid", FieldType.INTEGER, false),
    PROCESS_NAME("process.name", FieldType.TEXT, false),
    PROCESS_PATH("process.path", FieldType.TEXT, false),
    PROCESS_CMD_LINE("process.cmd_line", FieldType.TEXT, false),
    PARENT_PID("parent.pid", FieldType.INTEGER, false),
    PARENT_NAME("parent.name", FieldType.TEXT, false),
    USER_UID("user.uid", FieldType.INTEGER, false),
    FILE_PATH("file.path", FieldType.TEXT, false),
    SRC_IP("src.ip", FieldType.ADDRESS, false),
    SRC_PORT("src.port", FieldType.INTEGER, false),
    DST_IP("dst.ip", FieldType.ADDRESS, false),
    DST_PORT("dst.port", FieldType.INTEGER, false),
    ALERT_UID("alert_uid", FieldType.TEXT, true),
    ALERT_TYPE("alert_type", FieldType.TEXT, true),
    RULE("rule", FieldType.TEXT, true),
    SEVERITY("severity", FieldType.SEVERITY, true),
    DEDUP_KEY("dedup_key", FieldType.TEXT, true),
    MESSAGE("message", FieldType.TEXT, true);

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::fieldName, Function.identity()));

    private final String fieldName;
    private final FieldType type;
    private final boolean alertOnly;

    Field(String fieldName, FieldType type, boolean alertOnly) {
        this.fieldName = fieldName;
        this.type = type;
        this.alertOnly = alertOnly;
    }

    /** As it is written in a filter. */
    public String fieldName() {
        return fieldName;
    }

    public FieldType type() {
        return type;
    }

    /** Whether only alerts have it. */
    public boolean alertOnly() {
        return alertOnly;
    }

    static @Nullable Field named(String name) {
        return BY_NAME.get(name);
    }
}
