package org.jpptp.ppp.link;

/**
 * The transport's numbers of the encrypted packets that did not decrypt since the last one that did. Each counts once, however
 * many packets claim it.
 */
final class RefusedNumbers {
    /** More than any decision asks for. */
    private static final int MOST = 64;

    private final int[] numbers = new int[MOST];
    /** How many questions had been asked when the packet came. */
    private final int[] asked = new int[MOST];

    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Adds a number; false where it is there already, or there are enough. */
    boolean add(int number, int questions) {
        for (int i = 0; i < size; i++) {
            if (numbers[i] == number) {
                return false;
            }
        }
        if (size == MOST) {
            return false;
        }
        numbers[size] = number;
        asked[size] = questions;
        size++;
        return true;
    }

    /** A packet that was not encrypted has this number: so the peer did not give it to an encrypted one. */
    void remove(int number) {
        for (int i = size - 1; i >= 0; i--) {
            if (numbers[i] == number) {
                removeAt(i);
            }
        }
    }

    /** How many lie before a number. */
    int before(int number) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += number - numbers[i] > 0 ? 1 : 0;
        }
        return count;
    }

    /** Removes those that came before a question, and do not lie before the number of its answer; returns how many. */
    int removeUnused(int number, int question) {
        int removed = 0;
        for (int i = size - 1; i >= 0; i--) {
            if (asked[i] <= question && number - numbers[i] <= 0) {
                removeAt(i);
                removed++;
            }
        }
        return removed;
    }

    private void removeAt(int at) {
        size--;
        numbers[at] = numbers[size];
        asked[at] = asked[size];
    }
}
