/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import org.jspecify.annotations.Nullable;

/**
 * What a process runs, from one exec until the next. Shared by a process and the children that it forks, and counted by
 * them. The text is what the kernel gave: any bytes, secrets included; it must not leave the node. The encoder keeps its
 * masked form beside it.
 */
public final class ProcessImage {
    private static final byte[] NONE = new byte[0];

    private byte[] text = NONE;
    private int nameEnd;
    private int exeEnd;
    private int argsEnd;
    private int pathEnd;
    private int directoryEnd;
    private boolean argsTruncated;
    private long inode;
    private boolean upperLayer;
    private boolean memfd;
    private boolean kernelThread;
    private long capEffective;
    private long capPermitted;
    private long capInheritable;
    private int tty;
    private int loginUid;
    private int users;
    private final EncodedImage encoded = new EncodedImage();

    ProcessImage() {}

    /** The array behind all text of this image. */
    public byte[] text() {
        return text;
    }

    /** Name: comm, from index 0 of {@link #text} to here. */
    public int nameEnd() {
        return nameEnd;
    }

    /** argv[0] ends here; it begins at {@link #nameEnd}. */
    public int exeEnd() {
        return exeEnd;
    }

    /**
     * The other arguments end here; they begin at {@link #exeEnd}. NUL stands between two of them until
     * {@link #joinArguments}, then a blank.
     */
    public int argsEnd() {
        return argsEnd;
    }

    /** Path of the executable ends here; it begins at {@link #argsEnd}. */
    public int pathEnd() {
        return pathEnd;
    }

    /** Working directory ends here; it begins at {@link #pathEnd}. */
    public int directoryEnd() {
        return directoryEnd;
    }

    public boolean argsTruncated() {
        return argsTruncated;
    }

    public long inode() {
        return inode;
    }

    public boolean upperLayer() {
        return upperLayer;
    }

    public boolean memfd() {
        return memfd;
    }

    public boolean kernelThread() {
        return kernelThread;
    }

    public long capEffective() {
        return capEffective;
    }

    public long capPermitted() {
        return capPermitted;
    }

    public long capInheritable() {
        return capInheritable;
    }

    /** {@code major << 8 | minor}; 0 = none. */
    public int tty() {
        return tty;
    }

    /** Audit login uid when the image began; -1 = unset. */
    public int loginUid() {
        return loginUid;
    }

    /** The encoder's own; empty until it fills it. */
    public EncodedImage encoded() {
        return encoded;
    }

    /** Once nobody needs to tell the arguments apart any more: one blank between two, as rules and people read them. */
    public void joinArguments() {
        for (int i = exeEnd; i < argsEnd; i++) {
            if (text[i] == 0) {
                text[i] = ' ';
            }
        }
    }

    void begin(byte[] pooled) {
        text = pooled;
        users = 1;
        encoded.clear();
        nameEnd = 0;
        exeEnd = 0;
        argsEnd = 0;
        pathEnd = 0;
        directoryEnd = 0;
        argsTruncated = false;
        inode = 0;
        upperLayer = false;
        memfd = false;
        kernelThread = false;
        capEffective = 0;
        capPermitted = 0;
        capInheritable = 0;
        tty = 0;
        loginUid = -1;
    }

    void bounds(int name, int exe, int args, int path, int directory) {
        nameEnd = name;
        exeEnd = exe;
        argsEnd = args;
        pathEnd = path;
        directoryEnd = directory;
    }

    void flags(boolean truncated, boolean upper, boolean memory, boolean kernel) {
        argsTruncated = truncated;
        upperLayer = upper;
        memfd = memory;
        kernelThread = kernel;
    }

    void capabilities(long effective, long permitted, long inheritable) {
        capEffective = effective;
        capPermitted = permitted;
        capInheritable = inheritable;
    }

    void session(int terminal, int login, long executableInode) {
        tty = terminal;
        loginUid = login;
        inode = executableInode;
    }

    void share() {
        users++;
    }

    /** @return whether nobody uses it any more */
    boolean unshare() {
        return --users == 0;
    }

    /** Gives the arrays up; the image is empty then. */
    void release(BufferPool pool) {
        if (text.length > 0) {
            pool.give(text);
        }
        byte @Nullable [] bytes = encoded.takeBytes();
        if (bytes != null) {
            pool.give(bytes);
        }
        begin(NONE);
        users = 0;
    }
}
