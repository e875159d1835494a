package org.jpptp.cli.usage;

/** The command line, or something that it names, cannot be used; its message is the whole sentence for the user. */
public class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final boolean SUPPRESSES = false;
    private static final boolean IS_TRACED = false;

    /**
     * @param sentence names the option, ends with a full stop, and holds no secret
     */
    public UsageException(String sentence) {
        super(sentence, null, SUPPRESSES, IS_TRACED);
    }

    /** The sentence. */
    public final String sentence() {
        return String.valueOf(getMessage());
    }
}
