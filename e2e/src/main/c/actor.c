/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Does the demo's harmless actions that no shell can do without side effects of its own.
 *
 *   actor connect ADDRESS PORT TAG        one TCP connection, closed at once
 *   actor memfd NAME BINARY ARGUMENT...   runs BINARY from anonymous memory called NAME
 *   actor read FILE TAG                   opens FILE for reading and reads one byte
 *
 * TAG is not used: it stands in the arguments so that an alert can be told from others.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int connect_to(const char *address, int port)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	int is_v4 = inet_pton(AF_INET, address, &v4.sin_addr) == 1;

	if (!is_v4 && inet_pton(AF_INET6, address, &v6.sin6_addr) != 1) {
		fprintf(stderr, "actor: %s is not an address\n", address);
		return 2;
	}
	int fd = socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
	if (fd < 0)
		return fail("socket");
	int failed = is_v4 ? connect(fd, (struct sockaddr *)&v4, sizeof(v4))
			   : connect(fd, (struct sockaddr *)&v6, sizeof(v6));
	return failed ? fail("connect") : 0;
}

static int run_from_memory(const char *name, const char *binary, char **arguments)
{
	struct stat info;
	int source = open(binary, O_RDONLY | O_CLOEXEC);
	int memory = memfd_create(name, MFD_CLOEXEC);

	if (source < 0 || memory < 0 || fstat(source, &info))
		return fail(binary);
	for (off_t done = 0; done < info.st_size;) {
		ssize_t copied = sendfile(memory, source, &done, info.st_size - done);
		if (copied <= 0)
			return fail("sendfile");
	}
	fexecve(memory, arguments, environ);
	return fail("fexecve");
}

static int read_one(const char *file)
{
	char byte;
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	return fd < 0 || read(fd, &byte, 1) < 0 ? fail(file) : 0;
}

int main(int count, char **arguments)
{
	if (count >= 5 && !strcmp(arguments[1], "connect"))
		return connect_to(arguments[2], atoi(arguments[3]));
	if (count >= 5 && !strcmp(arguments[1], "memfd"))
		return run_from_memory(arguments[2], arguments[3], arguments + 3);
	if (count >= 4 && !strcmp(arguments[1], "read"))
		return read_one(arguments[2]);
	fprintf(stderr, "usage: actor connect ADDRESS PORT TAG | memfd NAME BINARY ARGUMENT... | read FILE TAG\n");
	return 2;
}
