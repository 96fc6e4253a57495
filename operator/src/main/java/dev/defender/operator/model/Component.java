/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import dev.defender.operator.api.Names;

/** What is rolled out. */
public enum Component {
    SENSOR("sensor", Names.SENSOR),
    PUBLISHER("publisher", Names.PUBLISHER),
    MISC("misc", Names.MISC),
    CLEANUP("cleanup", Names.CLEANUP);

    private final String label;
    private final String objectName;

    Component(String label, String objectName) {
        this.label = label;
        this.objectName = objectName;
    }

    /** Value of the component's label, and its name in status and metrics. */
    public String label() {
        return label;
    }

    /** Name of its workload and of its NetworkPolicy, without the profile's prefix. */
    public String objectName() {
        return objectName;
    }
}
