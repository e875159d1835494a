package org.jpptp.cli.profile;

import org.jpptp.cli.usage.UsageException;

/** A profile cannot be used, because of one of its lines, or of one that is missing. */
public final class ProfileException extends UsageException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** @param file what sentences call the profile */
    ProfileException(String file, Problem problem) {
        super(problem.in(file));
        this.problem = problem;
    }

    /** What is wrong; of no line, where the exception names none. */
    static Problem problem(UsageException told) {
        return told instanceof ProfileException here ? here.problem : new Problem(0, told.sentence());
    }

    /** What is wrong. */
    Problem problem() {
        return problem;
    }
}
