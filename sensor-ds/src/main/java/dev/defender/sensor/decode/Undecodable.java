/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

/** Why a record was refused. */
public enum Undecodable {
    /** Shorter than the common header, or than the fixed part of its type. */
    TOO_SHORT,
    /** Written to another version of event.h. */
    WRONG_ABI,
    UNKNOWN_TYPE,
    /** The record's own length is not the length that the ring gives. */
    WRONG_LENGTH,
    /** A section ends past the end of the record. */
    SECTION_OUT_OF_BOUNDS,
    /** A value that the type does not allow: a ledger row past the last, an address family that is none. */
    BAD_VALUE
}
