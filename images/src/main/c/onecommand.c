/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /bin/sh of the backend's image, and no shell: initdb runs the server by system() and popen(), and this is what those
 * call. It runs PROGRAM with plain words and redirections to and from files, by which it becomes that program; everything
 * else of a shell (other programs, variables, pipes, lists, patterns) is refused with status 126 or 127.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "/opt/postgres/bin/postgres"
#define MOST_WORDS 256
#define LONGEST 65536

static char text[LONGEST];
static size_t used;

/* Copies one word to `text`; NULL when there is none or it holds what only a shell understands. */
static char *word(const char **at) {
    char *start = text + used;
    char quote = 0;
    while (**at == ' ')
        (*at)++;
    if (**at == '\0')
        return NULL;
    for (; **at != '\0' && (quote || (**at != ' ' && **at != '<' && **at != '>')); (*at)++) {
        if (quote ? **at == quote : **at == '"' || **at == '\'') {
            quote = quote ? 0 : **at;
            continue;
        }
        if (quote != '\'' && strchr("$`\\", **at) != NULL)
            return NULL;
        if (!quote && strchr("|&;()*?[]#~\n\t", **at) != NULL)
            return NULL;
        if (used + 2 > sizeof text)
            return NULL;
        text[used++] = **at;
    }
    if (quote)
        return NULL;
    text[used++] = '\0';
    return start;
}

static int redirect(const char **at) {
    int output = **at == '>';
    (*at)++;
    char *name = word(at);
    if (name == NULL || *name == '\0')
        return -1;
    int file = output ? open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600) : open(name, O_RDONLY);
    if (file < 0 || dup2(file, output ? STDOUT_FILENO : STDIN_FILENO) < 0)
        return -1;
    return file == STDOUT_FILENO || file == STDIN_FILENO ? 0 : close(file);
}

static int refused(const char *command) {
    fprintf(stderr, "sh: this is no shell; it only runs " PROGRAM ", not: %s\n", command);
    return 126;
}

int main(int count, char **arguments) {
    char *words[MOST_WORDS + 1];
    int n = 0;
    int command = count > 2 && strcmp(arguments[2], "--") == 0 ? 3 : 2;
    if (count != command + 1 || strcmp(arguments[1], "-c") != 0)
        return refused("(nothing)");
    const char *at = arguments[command];
    for (;;) {
        while (*at == ' ')
            at++;
        if (*at == '\0')
            break;
        if (strncmp(at, "2>&1", 4) == 0 && (at[4] == ' ' || at[4] == '\0')) {
            if (dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
                return 126;
            at += 4;
        } else if (*at == '<' || *at == '>') {
            if (redirect(&at) < 0)
                return refused(arguments[command]);
        } else {
            words[n] = word(&at);
            if (words[n] == NULL || ++n == MOST_WORDS)
                return refused(arguments[command]);
        }
    }
    words[n] = NULL;
    if (n == 0 || strcmp(words[0], PROGRAM) != 0) {
        fprintf(stderr, "sh: %s: not found\n", n == 0 ? "(nothing)" : words[0]);
        return 127;
    }
    execv(PROGRAM, words);
    fprintf(stderr, "sh: %s: %s\n", PROGRAM, strerror(errno));
    return 126;
}
