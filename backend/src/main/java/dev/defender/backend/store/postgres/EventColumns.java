/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.filter.Field;
import dev.defender.protocol.v1.ContextState;

/**
 * Where a filter's fields stand. Events are {@code r} or alerts are {@code r}; their stream is {@code s}. What a later event
 * said of an alert's container is {@code c}.
 */
final class EventColumns {
    private static final int LATE = ContextState.CONTEXT_STATE_LATE_VALUE;

    private EventColumns() {}

    static String ofEvent(Field field) {
        return switch (field) {
            case CLUSTER -> "s.cluster";
            case NODE -> "s.node";
            case BOOT_ID -> "s.boot_id";
            case PRODUCER -> "s.producer";
            case EPOCH -> "s.epoch";
            case LANE -> "r.lane";
            case SEQUENCE -> "r.sequence";
            case CLASS -> "r.class";
            case RECEIVED -> "r.received";
            case TIME -> "r.time";
            case CONTAINER -> "r.container";
            case CONTEXT -> "r.context";
            case CONTAINER_NAME -> "r.container_name";
            case IMAGE -> "r.image";
            case NAMESPACE -> "r.namespace";
            case POD -> "r.pod";
            case PID -> "r.pid";
            case PROCESS_NAME -> "r.process_name";
            case PROCESS_PATH -> "r.process_path";
            case PROCESS_CMD_LINE -> "r.cmd_line";
            case PARENT_PID -> "r.parent_pid";
            case PARENT_NAME -> "r.parent_name";
            case USER_UID -> "r.user_uid";
            case FILE_PATH -> "r.file_path";
            case SRC_IP -> "r.src_ip";
            case SRC_PORT -> "r.src_port";
            case DST_IP -> "r.dst_ip";
            case DST_PORT -> "r.dst_port";
            case ALERT_UID, ALERT_TYPE, RULE, DEDUP_KEY, MESSAGE -> "NULL::text";
            case SEVERITY -> "NULL::bigint";
            default -> throw new IllegalArgumentException("events have no field " + field.fieldName());
        };
    }

    static String ofAlert(Field field) {
        return switch (field) {
            case CLASS -> "32";
            case ALERT_UID -> "r.alert_uid";
            case ALERT_TYPE -> "r.alert_type";
            case RULE -> "r.rule";
            case SEVERITY -> "r.severity";
            case DEDUP_KEY -> "r.dedup_key";
            case MESSAGE -> "r.message";
            case CONTEXT -> "CASE WHEN c.uid IS NULL THEN r.context ELSE " + LATE + " END";
            case CONTAINER_NAME -> "COALESCE(r.container_name, c.container_name)";
            case IMAGE -> "COALESCE(r.image, c.image)";
            case NAMESPACE -> "COALESCE(r.namespace, c.namespace)";
            case POD -> "COALESCE(r.pod, c.pod)";
            default -> ofEvent(field);
        };
    }
}
