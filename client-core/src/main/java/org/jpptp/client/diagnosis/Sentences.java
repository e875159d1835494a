package org.jpptp.client.diagnosis;

import java.util.List;

/**
 * Puts together what a user is told: each sentence has at most {@value #WORDS} words, so that it is understood at first
 * reading. What is quoted counts as one word, and the options of a packet count for nothing.
 */
final class Sentences {
    static final int WORDS = 25;

    private Sentences() {}

    /** The verdict, then what was seen: in one sentence as far as that goes. */
    static String told(String verdict, List<String> clauses) {
        StringBuilder told = new StringBuilder();
        String sentence = verdict;
        String joint = ": ";
        for (String clause : clauses) {
            if (words(sentence) + words(clause) <= WORDS) {
                sentence += joint + clause;
            } else {
                told.append(sentence).append(". ");
                sentence = Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
            }
            joint = "; ";
        }
        return told.append(sentence).append('.').toString();
    }

    /** How many words a reader has to take in. */
    static int words(String sentence) {
        int words = 0;
        for (String word :
                sentence.replaceAll("\"[^\"]*\"", "x").replaceAll("<[^>]*>", "").split("\\s+", -1)) {
            if (word.chars().anyMatch(Character::isLetterOrDigit)) {
                words++;
            }
        }
        return words;
    }
}
