/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import java.util.List;

/** Fields {@code container.*} and {@code k8s.*}. A process of the host has the container id and name {@code host}. */
final class ContainerFields {
    private static final byte[] HOST = Bytes.ascii("host");
    private static final int SHORT_ID = 12;

    private ContainerFields() {}

    static List<FieldSpec> all() {
        return List.of(
                FieldSpec.text("container.id", (event, into) -> id(event, SHORT_ID, into)),
                FieldSpec.text("container.full_id", (event, into) -> id(event, Integer.MAX_VALUE, into)),
                FieldSpec.text("container.name", ContainerFields::name),
                text("container.image", Field.CONTAINER_IMAGE),
                FieldSpec.text("container.image.repository", ContainerFields::repository),
                FieldSpec.text("container.image.tag", ContainerFields::tag),
                text("container.image.digest", Field.CONTAINER_IMAGE_DIGEST),
                text("k8s.pod.name", Field.K8S_POD_NAME),
                text("k8s.pod.uid", Field.K8S_POD_UID),
                text("k8s.pod.id", Field.K8S_POD_UID),
                text("k8s.ns.name", Field.K8S_NS_NAME),
                FieldSpec.keyed(
                        "k8s.pod.label", key -> (event, into) -> event.source().label(key, into)));
    }

    private static FieldSpec text(String name, Field field) {
        return FieldSpec.text(name, (event, into) -> event.source().text(field, 0, into));
    }

    private static boolean id(Occurrence event, int longest, Slice into) {
        if (!event.source().text(Field.CONTAINER_ID, 0, into)) {
            return Bytes.show(HOST, into);
        }
        into.wrap(into.bytes(), into.offset(), Math.min(longest, into.length()));
        return true;
    }

    private static boolean name(Occurrence event, Slice into) {
        if (event.source().text(Field.CONTAINER_NAME, 0, into)) {
            return true;
        }
        return !event.source().text(Field.CONTAINER_ID, 0, into) && Bytes.show(HOST, into);
    }

    /** The reference without tag and digest. */
    private static boolean repository(Occurrence event, Slice into) {
        if (!event.source().text(Field.CONTAINER_IMAGE, 0, into)) {
            return false;
        }
        int end = digestMark(into);
        int tag = tagMark(into, end);
        into.wrap(into.bytes(), into.offset(), tag < 0 ? end : tag);
        return true;
    }

    private static boolean tag(Occurrence event, Slice into) {
        if (!event.source().text(Field.CONTAINER_IMAGE, 0, into)) {
            return false;
        }
        int end = digestMark(into);
        int tag = tagMark(into, end);
        into.wrap(into.bytes(), into.offset() + tag + 1, tag < 0 ? 0 : end - tag - 1);
        return tag >= 0;
    }

    /** Where the digest begins, or the end. */
    private static int digestMark(Slice reference) {
        for (int i = 0; i < reference.length(); i++) {
            if (reference.at(i) == '@') {
                return i;
            }
        }
        return reference.length();
    }

    /** The colon in front of the tag, −1 if there is none: one before a slash is a registry's port. */
    private static int tagMark(Slice reference, int end) {
        for (int i = end - 1; i >= 0 && reference.at(i) != '/'; i--) {
            if (reference.at(i) == ':') {
                return i;
            }
        }
        return -1;
    }
}
