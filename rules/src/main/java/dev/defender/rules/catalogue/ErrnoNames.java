/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Slice;
import java.util.regex.Pattern;

/** Result of a system call as text: {@code SUCCESS}, or the name of the error (Linux's generic numbering). */
final class ErrnoNames {
    private static final byte[] SUCCESS = Bytes.ascii("SUCCESS");

    /** In the order of their numbers from 1; a dash is a number that is not in use. */
    private static final String IN_ORDER = """
            EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK
            EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE
            EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM
            ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC
            EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO
            EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX
            ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT
            EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL
            ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN
            ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN
            ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED
            EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
            """;

    private static final byte[][] NAMES = Pattern.compile("\\s+")
            .splitAsStream(IN_ORDER.strip())
            .map(Bytes::ascii)
            .toArray(byte[][]::new);

    private ErrnoNames() {}

    /** Shows the name for a raw result; an unknown number is shown as the number. */
    static boolean show(long result, Slice into) {
        if (result >= 0) {
            return Bytes.show(SUCCESS, into);
        }
        if (result >= -NAMES.length && NAMES[(int) (-result - 1)][0] != '-') {
            return Bytes.show(NAMES[(int) (-result - 1)], into);
        }
        byte[] room = into.room(21);
        room[0] = '-';
        into.wrap(room, 0, Bytes.putDecimal(room, 1, -result));
        return true;
    }
}
