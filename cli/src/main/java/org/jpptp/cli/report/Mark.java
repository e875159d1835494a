package org.jpptp.cli.report;

/** What became of something, as a sign with its words. */
enum Mark {
    DONE("done", "good", "M5 12l5 5L19 7"),
    WEAK("done, weaker than it should be", "warn", "M12 5v9M12 18v1"),
    FAILED("failed", "bad", "M6 6l12 12M18 6L6 18"),
    STOPPED("stopped here", "warn", "M7 7h10v10H7z"),
    NOT_REACHED("not reached", "dim", "M6 12h12"),
    NOT_RECORDED("not recorded", "dim", "M6 12h1M12 12h1M18 12h1");

    private final String words;
    private final String style;
    private final String path;

    Mark(String words, String style, String path) {
        this.words = words;
        this.style = style;
        this.path = path;
    }

    String words() {
        return words;
    }

    String style() {
        return style;
    }

    void write(Markup page) {
        page.picture(words, "", "class", "mark " + style, "viewBox", "0 0 24 24");
        page.empty("path", "d", path).close();
    }
}
