package org.jpptp.cli.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.cli.usage.UsageException;

/** The text of a profile, in the form that jazzer calls: it is understood, or each line of it is told. */
public final class ProfileFuzz {
    private static final int LONGEST_SENTENCE = 400;

    private ProfileFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] before = data.clone();
        ProfileText.Content content = ProfileText.read(data);
        char[] password = ProfileText.password(data);
        kept(Arrays.equals(before, data), "what is read stays as it is");
        List<Problem> problems = Keys.all().problems(content.entries());
        for (Problem problem : concat(content.problems(), problems)) {
            kept(problem.sentence().length() <= LONGEST_SENTENCE, "sentences are short");
            kept(problem.sentence().chars().noneMatch(Character::isISOControl), "nothing steers the terminal");
            kept(
                    password == null
                            || password.length < 8
                            || !problem.sentence().contains(new String(password)),
                    "no sentence tells the password");
        }
        for (Entry entry : content.entries()) {
            kept(entry.line() >= 1, "lines are counted from 1");
            kept(
                    !entry.key().equals(ProfileText.PASSWORD) || entry.value().isEmpty(),
                    "of a password nobody makes a text");
        }
        if (content.problems().isEmpty() && problems.isEmpty()) {
            comesOutAsItWentIn(content.entries());
        }
    }

    /** What is written of it is read as the same. */
    private static void comesOutAsItWentIn(List<Entry> entries) {
        List<Entry> written = entries.stream()
                .filter(entry -> !entry.key().equals(ProfileText.PASSWORD))
                .toList();
        String text;
        try {
            text = ProfileWriter.text(written);
        } catch (UsageException e) {
            return; // it says so
        }
        List<Entry> again =
                ProfileText.read(text.getBytes(StandardCharsets.UTF_8)).entries();
        kept(again.size() == written.size(), "as many lines");
        for (int i = 0; i < again.size(); i++) {
            kept(again.get(i).key().equals(written.get(i).key()), "the same key");
            kept(again.get(i).value().equals(written.get(i).value()), "the same value");
        }
    }

    private static List<Problem> concat(List<Problem> one, List<Problem> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static void kept(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }
}
