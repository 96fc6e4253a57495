/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

/**
 * The result of one check.
 *
 * @param subject what was looked at
 * @param found what is there
 * @param remedy what to do; empty where nothing is to be done
 */
record Check(Status status, String subject, String found, String remedy) {
    enum Status {
        OK,
        /** It works, but less well. */
        WARN,
        /** It will not work. */
        FAIL,
        /** Could not be looked at from here. */
        SKIP
    }

    static Check ok(String subject, String found) {
        return new Check(Status.OK, subject, found, "");
    }

    static Check warn(String subject, String found, String remedy) {
        return new Check(Status.WARN, subject, found, remedy);
    }

    static Check fail(String subject, String found, String remedy) {
        return new Check(Status.FAIL, subject, found, remedy);
    }

    static Check skip(String subject, String found, String remedy) {
        return new Check(Status.SKIP, subject, found, remedy);
    }
}
