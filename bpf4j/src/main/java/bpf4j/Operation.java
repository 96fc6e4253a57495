/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

/** What was attempted when a {@link BpfException} arose; its text begins the exception's message. */
public enum Operation {
    LOAD_LIBRARY("load the library"),
    OPEN_OBJECT("open BPF object"),
    CONFIGURE("configure"),
    LOAD_OBJECT("load BPF object"),
    ATTACH("attach program"),
    RUN("run program"),
    ITERATE("run iterator"),
    PIN("pin"),
    OPEN_PINNED("open pinned object"),
    MAP_ACCESS("access map"),
    MAP_MEMORY("map memory of"),
    WAIT("wait for ring buffer");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** The operation as words, to be followed by the name of what it was done to. */
    public String text() {
        return text;
    }
}
