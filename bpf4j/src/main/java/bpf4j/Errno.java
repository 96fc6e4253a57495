/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

/** Names and meanings of the error numbers that bpf(2) and libbpf answer with. Linux, generic numbering; positive numbers. */
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or kernel object"),
    ESRCH(3, "no such process or BTF type"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    E2BIG(7, "argument list or program too big"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "try again"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "refused by the verifier or by permissions"),
    EFAULT(14, "bad address"),
    EBUSY(16, "device or resource busy"),
    EEXIST(17, "already exists"),
    ENODEV(19, "no such device"),
    EINVAL(22, "invalid argument"),
    EMFILE(24, "too many open files"),
    ENOSPC(28, "no space left"),
    EROFS(30, "read-only file system"),
    ERANGE(34, "out of range"),
    EDOM(33, "argument out of domain"),
    ENOTSUP(95, "not supported"),
    ENOTSUPP(524, "not supported by this kernel"),
    LIBBPF_LIBELF(4000, "libelf failed"),
    LIBBPF_FORMAT(4001, "not a valid BPF object file"),
    LIBBPF_KVERSION(4002, "wrong or missing kernel version in the object"),
    LIBBPF_ENDIAN(4003, "object compiled for the other byte order"),
    LIBBPF_INTERNAL(4004, "internal error in libbpf"),
    LIBBPF_RELOC(4005, "relocation failed"),
    LIBBPF_LOAD(4006, "load of a program failed"),
    LIBBPF_VERIFY(4007, "the verifier refused the program"),
    LIBBPF_PROG2BIG(4008, "program too big"),
    LIBBPF_KVER(4009, "wrong kernel version"),
    LIBBPF_PROGTYPE(4010, "this program type is not supported by the kernel"),
    /** A number without a name here. */
    UNKNOWN(-1, "unknown error");

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The positive number, −1 for {@link #UNKNOWN}. */
    public int number() {
        return number;
    }

    /** What the number means here, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Name of an error number, given positive or (as libbpf returns it) negative. */
    public static Errno of(int number) {
        int positive = Math.abs(number);
        for (Errno errno : values()) {
            if (errno.number == positive && errno != UNKNOWN) {
                return errno;
            }
        }
        return UNKNOWN;
    }
}
