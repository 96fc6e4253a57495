/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Container;
import org.jspecify.annotations.Nullable;

/**
 * The container that something happened in, as it stands in columns; null = not known.
 *
 * @param context number of a ContextState
 */
record Place(
        int context,
        @Nullable String container,
        @Nullable String name,
        @Nullable String image,
        @Nullable String namespace,
        @Nullable String pod) {
    /** Columns of tables that have places, in the order of the components. */
    static final String COLUMNS = "context, container, container_name, image, namespace, pod";

    static final int COUNT = 6;

    static Place of(Container container) {
        return new Place(
                Math.clamp(container.getContextValue(), 0, Short.MAX_VALUE),
                Columns.text(container.getUid()),
                Columns.text(container.getName()),
                Columns.text(container.getImage()),
                Columns.text(container.getPod().getNamespace()),
                Columns.text(container.getPod().getName()));
    }
}
