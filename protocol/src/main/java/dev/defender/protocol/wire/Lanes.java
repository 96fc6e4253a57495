/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

/** Lane numbers: the values of the protobuf enum {@code Lane} for code that does not load it. */
public final class Lanes {
    public static final int BULK = 0;
    public static final int URGENT = 1;
    public static final int COUNT = 2;

    private Lanes() {}
}
