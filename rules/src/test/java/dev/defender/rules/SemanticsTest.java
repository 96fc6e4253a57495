/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a condition means, point by point, on fixed events. */
class SemanticsTest {
    /** A shell in a container, started by nginx; no working directory, no user name. */
    private static MapSource process() {
        return new MapSource()
                .set(Field.PROC_NAME, "bash", "nginx", "tini", "containerd-shim")
                .set(Field.PROC_EXE, "-bash", "nginx: worker", "/tini")
                .set(Field.PROC_EXEPATH, "/usr/bin/bash", "/usr/sbin/nginx", "/tini")
                .set(Field.PROC_ARGS, "-c id", "", "-- nginx")
                .set(Field.PROC_PID, 300, 200, 100, 1)
                .set(Field.PROC_TTY, 0)
                .set(Field.PROC_DURATION, 5_000_000_000L)
                .set(Field.CAP_EFFECTIVE, 1L << 21 | 1)
                .set(Field.CAP_PERMITTED, 0)
                .set(Field.USER_UID, 0)
                .set(Field.USER_LOGINUID, -1)
                .set(Field.CONTAINER_ID, "0123456789abcdef0123")
                .set(Field.CONTAINER_NAME, "web")
                .set(Field.CONTAINER_IMAGE, "registry:5000/shop/web:1.25@sha256:abcd")
                .set(Field.CONTAINER_IMAGE_DIGEST, "sha256:abcd")
                .set(Field.K8S_POD_NAME, "web-1")
                .set(Field.K8S_POD_UID, "11111111-2222-3333-4444-555555555555")
                .set(Field.K8S_NS_NAME, "shop")
                .label("app.kubernetes.io/name", "web")
                .set(Field.EVT_RAWRES, 0);
    }

    private static MapSource open() {
        return process()
                .set(Field.FD_NAME, "/etc/cron.d/job")
                .set(Field.FD_NUM, 3)
                .set(Field.FD_TYPECHAR, 'f')
                .set(Field.EVT_OPEN_FLAGS, 0x242)
                .set(Field.EVT_OPEN_MODE, 04755)
                .set(Field.EVT_OPEN_CREATED, 1);
    }

    private static MapSource connection() {
        return process()
                .set(Field.FD_TYPECHAR, '4')
                .set(Field.FD_L4PROTO, 6)
                .set(Field.FD_IS_SERVER, 0)
                .set(Field.FD_CIP, (byte) 10, (byte) 0, (byte) 0, (byte) 7)
                .set(Field.FD_CPORT, 40000)
                .set(Field.FD_SIP, (byte) 192, (byte) 168, (byte) 1, (byte) 9)
                .set(Field.FD_SPORT, 443)
                .set(Field.EVT_RAWRES, -115);
    }

    private static MapSource listening() {
        return process()
                .set(Field.FD_TYPECHAR, '6')
                .set(Field.FD_IS_SERVER, 1)
                .set(Field.FD_SIP, new byte[16])
                .set(Field.FD_SPORT, 80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // A missing value makes every check false, and its negation true.
                "proc.cwd = /x ~ false",
                "proc.cwd != /x ~ false",
                "not proc.cwd = /x ~ true",
                "not proc.cwd != /x ~ true",
                "proc.cwd exists ~ false",
                "proc.cwd in (/x) ~ false",
                "proc.cwd contains / ~ false",
                "proc.vpid > 0 ~ false",
                "proc.vpid != 1 ~ false",
                "proc.vpid exists ~ false",
                "user.name = val(user.loginname) ~ false",
                "user.name != val(user.loginname) ~ false",
                // Known to the language, not carried by the sensor: missing.
                "container.privileged = true ~ false",
                "not container.privileged = true ~ true",
                "proc.args[0] = x ~ false",
                // Texts.
                "proc.name exists ~ true",
                "proc.name = bash ~ true",
                "proc.name = BASH ~ false",
                "proc.name != sh ~ true",
                "proc.name in (sh, bash) ~ true",
                "proc.name in () ~ false",
                "proc.name intersects (sh, bash) ~ true",
                "proc.name startswith ba ~ true",
                "proc.name endswith sh ~ true",
                "proc.name contains as ~ true",
                "proc.name icontains AS ~ true",
                "proc.name contains AS ~ false",
                "proc.name contains '' ~ true",
                "proc.name glob b*h ~ true",
                "proc.name iglob B??H ~ true",
                "proc.name glob b[!a]sh ~ false",
                "proc.exepath glob /usr/* ~ true",
                "proc.exepath glob /*bash ~ true",
                "proc.name regex 'b.s[gh]' ~ true",
                "proc.name regex 'b.s' ~ false",
                "proc.exepath pmatch (/usr) ~ true",
                "proc.exepath pmatch (/usr/bin, /x) ~ true",
                "proc.exepath pmatch (/us) ~ false",
                "proc.exepath pmatch (/*/bin) ~ true",
                "proc.exepath pmatch (/usr/bin/bash/x) ~ false",
                "proc.name startswith anyof (x, b) ~ true",
                "proc.name contains allof (a, sh) ~ true",
                "proc.name contains allof (a, x) ~ false",
                "tolower(proc.exepath) endswith BASH ~ false",
                "toupper(proc.exepath) endswith BASH ~ true",
                "basename(proc.exepath) = bash ~ true",
                "len(proc.name) = 4 ~ true",
                "len(proc.cmdline) > 9 ~ true",
                "proc.name = basename(proc.exepath) ~ true",
                "proc.name = val(proc.pname) ~ false",
                "proc.name != val(proc.pname) ~ true",
                "proc.pid > val(proc.ppid) ~ true",
                // Derived fields of processes.
                "proc.cmdline = 'bash -c id' ~ true",
                "proc.exeline = '-bash -c id' ~ true",
                "proc.pcmdline = nginx ~ true",
                "proc.pname = nginx ~ true",
                "proc.ppid = 200 ~ true",
                "proc.pexepath = /usr/sbin/nginx ~ true",
                "proc.duration <= 5000000000 ~ true",
                "container.id = 0123456789ab ~ true",
                "container.full_id startswith 0123456789abcdef ~ true",
                "container.id != host ~ true",
                "container.name = web ~ true",
                "container.image = registry:5000/shop/web:1.25@sha256:abcd ~ true",
                "container.image.repository = registry:5000/shop/web ~ true",
                "container.image.tag = 1.25 ~ true",
                "container.image.digest = sha256:abcd ~ true",
                "k8s.pod.name startswith web- ~ true",
                "k8s.pod.uid = 11111111-2222-3333-4444-555555555555 ~ true",
                "k8s.ns.name in (shop, kube-system) ~ true",
                "k8s.pod.label[app.kubernetes.io/name] = web ~ true",
                "k8s.pod.label[tier] exists ~ false",
                "k8s.pod.label[tier] != front ~ false",
                "k8s.pod.label exists ~ false",
                "thread.cap_effective contains CAP_SYS_ADMIN ~ true",
                "thread.cap_effective = 'CAP_CHOWN CAP_SYS_ADMIN' ~ true",
                "thread.cap_permitted = '' ~ true",
                "thread.cap_inheritable exists ~ false",
                "user.loginuid = -1 ~ true",
                // Ancestors: with an index the one, without any of them, each on its own.
                "proc.aname[0] = bash ~ true",
                "proc.aname[1] = nginx ~ true",
                "proc.aname[2] in (tini) ~ true",
                "proc.aname[4] exists ~ false",
                "proc.aname = tini ~ true",
                "proc.aname = bash ~ false",
                "proc.aname != nginx ~ true",
                "proc.aname in (x, containerd-shim) ~ true",
                "proc.aname startswith containerd ~ true",
                "proc.aname exists ~ true",
                "proc.acmdline = 'tini -- nginx' ~ true",
                "proc.acmdline[2] = 'tini -- nginx' ~ true",
                "proc.aexepath endswith /tini ~ true",
                "proc.apid = 1 ~ true",
                "proc.apid = 300 ~ false",
                "proc.apid[1] = 200 ~ true",
                // Event.
                "evt.type = execve ~ true",
                "evt.type in (execve, execveat) ~ true",
                "evt.type != open ~ true",
                "evt.type startswith exec ~ true",
                "evt.type exists ~ true",
                "evt.num = 0 ~ false",
                "not evt.num = 0 ~ true",
                "evt.num > 0 ~ true",
                "evt.num >= 1 ~ true",
                "evt.num < 1 ~ false",
                "evt.dir = < ~ true",
                "evt.res = SUCCESS ~ true",
                "evt.rawres in (0, 1) ~ true",
                "evt.rawres >= 0x0 ~ true",
                "evt.failed = false ~ true",
                "evt.is_open_read = true ~ false",
                "fd.name exists ~ false",
                "fd.ip != 1.2.3.4 ~ false",
                "fd.port != 1 ~ false",
            })
    void ofAProcess(String condition, boolean expected) {
        check(condition, expected, EventType.EXECVE, process());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "fd.name = /etc/cron.d/job ~ true",
                "fd.directory = /etc/cron.d ~ true",
                "fd.filename = job ~ true",
                "fd.typechar = f ~ true",
                "fd.type = file ~ true",
                "fd.num >= 0 ~ true",
                "fd.sockfamily exists ~ false",
                "evt.is_open_read = true ~ true",
                "evt.is_open_write = true ~ true",
                "evt.is_open_write = 1 ~ true",
                "evt.is_open_write in (true) ~ true",
                "evt.is_open_write != true ~ false",
                "evt.is_open_exec = true ~ true",
                "evt.is_open_create = true ~ true",
                "evt.arg.flags contains O_TRUNC ~ true",
                "evt.arg.flags = 'O_RDWR|O_CREAT|O_TRUNC' ~ true",
                "evt.arg.mode contains S_ISUID ~ true",
                "evt.arg.mode contains S_IXOTH ~ true",
                "evt.arg.mode contains S_ISGID ~ false",
                "evt.arg.name = /etc/cron.d/job ~ true",
                "evt.arg.newpath exists ~ false",
                "evt.type in (open, openat, openat2) ~ true",
                "evt.type = execve or fd.name endswith job ~ true",
                "not evt.type = openat ~ false",
            })
    void ofAFile(String condition, boolean expected) {
        check(condition, expected, EventType.OPENAT, open());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "fd.name = 10.0.0.7:40000->192.168.1.9:443 ~ true",
                "fd.type = ipv4 ~ true",
                "fd.sockfamily = ip ~ true",
                "fd.l4proto = tcp ~ true",
                "fd.sip = 192.168.1.9 ~ true",
                "fd.cip = 192.168.1.9 ~ false",
                "fd.rip = 192.168.1.9 ~ true",
                "fd.lip = 10.0.0.7 ~ true",
                "fd.lport = 40000 ~ true",
                "fd.rport = 443 ~ true",
                "fd.sport in (80, 443) ~ true",
                // Either end matches; != wants both to differ.
                "fd.ip = 10.0.0.7 ~ true",
                "fd.ip = 192.168.1.9 ~ true",
                "fd.ip in (1.1.1.1, 10.0.0.7) ~ true",
                "fd.ip != 10.0.0.7 ~ false",
                "fd.ip != 10.0.0.8 ~ true",
                "fd.ip exists ~ true",
                "fd.port = 443 ~ true",
                "fd.port = 40000 ~ true",
                "fd.port != 443 ~ false",
                "fd.port != 80 ~ true",
                "fd.port < 1024 ~ true",
                "fd.port > 50000 ~ false",
                "fd.net = 192.168.0.0/16 ~ true",
                "fd.net in (172.16.0.0/12, 10.0.0.0/8) ~ true",
                "fd.net != 10.0.0.0/8 ~ false",
                "fd.snet = 192.168.1.8/31 ~ true",
                "fd.snet = 192.168.1.8/32 ~ false",
                "fd.snet = 0.0.0.0/0 ~ true",
                "fd.snet != fc00::/7 ~ true",
                "fd.snet = ::/0 ~ false",
                "evt.res = EINPROGRESS ~ true",
                "evt.res startswith E ~ true",
                "evt.failed = true ~ true",
                "evt.rawres = -115 ~ true",
            })
    void ofAConnection(String condition, boolean expected) {
        check(condition, expected, EventType.CONNECT, connection());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "fd.name = :::80 ~ true",
                "fd.type = ipv6 ~ true",
                "fd.port = 80 ~ true",
                "fd.port != 81 ~ true",
                "fd.ip = :: ~ true",
                "fd.ip != ::1 ~ true",
                "fd.lport = 80 ~ true",
                "fd.rport exists ~ false",
                "fd.cip exists ~ false",
            })
    void ofAListeningSocket(String condition, boolean expected) {
        check(condition, expected, EventType.LISTEN, listening());
    }

    private static void check(String condition, boolean expected, EventType type, MapSource source) {
        assertThat(Rules.matches(condition, type, source)).isEqualTo(expected);
        assertThat(Rules.matches(condition, type, new RoomSource(source)))
                .as("from a source that copies")
                .isEqualTo(expected);
        assertThat(Rules.matches("not (" + condition + ")", type, source))
                .as("negated")
                .isEqualTo(!expected);
    }
}
