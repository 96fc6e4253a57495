/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

/**
 * Finds secrets in the arguments of a process. The text is the arguments without the first, NUL between two of them. It
 * rather masks too much than too little: a value is masked by the name before it, whatever it looks like.
 */
final class SecretScanner {
    private static final WordFinder WORDS = new WordFinder();
    private static final int AWS_KEY_ID_BYTES = 20;
    private static final int LEAST_TOKEN_BYTES = 8;

    private final Ranges found = new Ranges();
    private final Ranges options = new Ranges();
    private final ShortOptions shortOptions = new ShortOptions();
    private byte[] text = new byte[0];
    private int begin;
    private int end;

    /**
     * @param program argv[0] stands in the same array, from {@code program} to {@code begin}
     * @return what is to be masked; valid until the next scan
     */
    Ranges scan(byte[] bytes, int program, int argsBegin, int argsEnd) {
        text = bytes;
        begin = argsBegin;
        end = argsEnd;
        found.clear();
        options.clear();
        shortOptions.scan(bytes, program, argsBegin, argsEnd, options);
        int state = 0;
        int option = 0;
        for (int i = begin; i < end; i++) {
            state = WORDS.step(state, text[i]);
            SecretWord word = WORDS.word(state);
            if (word != null && i >= found.lastEnd()) {
                option = merge(option, i);
                hit(word, i + 1);
            }
        }
        merge(option, end);
        return found;
    }

    /** Takes over the short options' parts that begin before {@code before}. */
    private int merge(int option, int before) {
        int at = option;
        while (at < options.count() && options.from(at) < before) {
            found.add(options.from(at), options.to(at), end);
            at++;
        }
        return at;
    }

    private void hit(SecretWord word, int after) {
        int start = after - word.word().length();
        if (!word.anyCase() && !exact(word, start)) {
            return;
        }
        switch (word.kind()) {
            case KEY -> key(start, after);
            case SUFFIX_OF_KEY -> {
                if (start > begin && isName(text[start - 1]) && !oldDirectory(start)) {
                    key(start, after);
                }
            }
            case HEADER -> header(after);
            case SCHEME -> token(skipBlanks(after));
            case URL -> userInfo(after);
            case AWS_KEY_ID -> awsKeyId(start);
            case PREFIX -> {
                if (tokenEnd(after) - after >= LEAST_TOKEN_BYTES) {
                    found.add(after, tokenEnd(after), end);
                }
            }
            case JWT -> jwt(start);
        }
    }

    /** {@code name=value}, {@code name: value}, {@code "name":"value"}, {@code --name value}. */
    private void key(int start, int after) {
        if (goesOn(after)) {
            return;
        }
        int nameEnd = after;
        while (nameEnd < end && isName(text[nameEnd])) {
            nameEnd++;
        }
        if (endsWith(nameEnd, "file") || endsWith(nameEnd, "path")) {
            return;
        }
        int at = nameEnd;
        while (at < end && isQuote(text[at])) {
            at++;
        }
        if (at < end && (text[at] == '=' || text[at] == ':')) {
            at++;
            if (at < end && text[at] == ' ' && text[at - 1] == ':') {
                at++;
            }
            value(at);
        } else if (at < end && at == nameEnd && (text[at] == 0 || text[at] == ' ') && isOption(start)) {
            int word = skipBlanks(at);
            if (word < end && text[word] == 0) {
                word++;
            }
            if (word < end && text[word] != '-') {
                value(word);
            }
        }
    }

    /** A lower-case letter goes on with a word ("tokenizer"); a plural s, a capital after small letters, a dash do not. */
    private boolean goesOn(int after) {
        if (after >= end) {
            return false;
        }
        int last = text[after - 1];
        int next = text[after];
        if ((next | 0x20) == 's' && (after + 1 >= end || !isLetter(text[after + 1]))) {
            return false;
        }
        return isLetter(next) && isLower(last) == isLower(next);
    }

    private void value(int from) {
        int at = from;
        int quote = 0;
        if (at < end && isQuote(text[at])) {
            quote = text[at++];
        }
        int stop = at;
        while (stop < end && text[stop] != 0) {
            int c = text[stop];
            if (quote != 0 ? c == quote : c == ' ' && !wholeArgument(from) || c == '&' || c == ';' || isQuote(c)) {
                break;
            }
            stop++;
        }
        found.add(at, stop, end);
    }

    /** The value fills its argument to the end: blanks belong to it, unless the argument has blanks before it too. */
    private boolean wholeArgument(int from) {
        for (int i = from - 1; i >= begin && text[i] != 0; i--) {
            if (text[i] == ' ') {
                return false;
            }
        }
        return true;
    }

    private void header(int after) {
        int at = after;
        if (at < end && (text[at] == ':' || text[at] == '=')) {
            at = skipBlanks(at + 1);
            int scheme = at;
            while (scheme < end && isLetter(text[scheme])) {
                scheme++;
            }
            if (scheme < end && text[scheme] == ' ') {
                at = skipBlanks(scheme);
            }
            int stop = at;
            while (stop < end && text[stop] != 0 && !isQuote(text[stop])) {
                stop++;
            }
            found.add(at, stop, end);
        }
    }

    private void token(int from) {
        int stop = tokenEnd(from);
        if (stop - from >= LEAST_TOKEN_BYTES) {
            found.add(from, stop, end);
        }
    }

    private void userInfo(int from) {
        int colon = -1;
        for (int i = from; i < end; i++) {
            int c = text[i];
            if (c == '@') {
                if (colon >= 0) {
                    found.add(colon + 1, i, end);
                }
                return;
            }
            if (c == ':' && colon < 0) {
                colon = i;
            } else if (c == 0 || c == '/' || c == ' ' || isQuote(c) || c == '?') {
                return;
            }
        }
    }

    private void awsKeyId(int start) {
        int stop = start;
        while (stop < end && (text[stop] >= 'A' && text[stop] <= 'Z' || text[stop] >= '0' && text[stop] <= '9')) {
            stop++;
        }
        if (stop - start == AWS_KEY_ID_BYTES) {
            found.add(start, stop, end);
        }
    }

    private void jwt(int start) {
        int stop = tokenEnd(start);
        int dots = 0;
        for (int i = start; i < stop; i++) {
            dots += text[i] == '.' ? 1 : 0;
        }
        if (dots == 2) {
            found.add(start, stop, end);
        }
    }

    private boolean isOption(int wordStart) {
        int at = wordStart;
        while (at > begin && isName(text[at - 1])) {
            at--;
        }
        return text[at] == '-';
    }

    private boolean oldDirectory(int start) {
        return start - 3 >= begin && endsWith(start, "OLD");
    }

    private boolean endsWith(int stop, String suffix) {
        int at = stop - suffix.length();
        if (at < begin) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if ((text[at + i] | 0x20) != (suffix.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private boolean exact(SecretWord word, int start) {
        for (int i = 0; i < word.word().length(); i++) {
            if (text[start + i] != word.word().charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < end && text[at] == ' ') {
            at++;
        }
        return at;
    }

    private int tokenEnd(int from) {
        int at = from;
        while (at < end
                && (isName(text[at]) || text[at] == '~' || text[at] == '+' || text[at] == '/' || text[at] == '=')) {
            at++;
        }
        return at;
    }

    private static boolean isName(int c) {
        return isLetter(c) || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
    }

    private static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isQuote(int c) {
        return c == '"' || c == '\'';
    }
}
