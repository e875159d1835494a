package org.jpptp.ppp.mppe;

/**
 * The key streams of two ciphers in one loop. Each waits for its own look-ups most of the time, and the other's fill that; so no
 * element is loaded before its turn, as {@link Rc4} does where it is alone: two that did would want more registers than there are.
 */
final class TwoStreams {
    private TwoStreams() {}

    /**
     * Makes octets of both, two of each a turn, from the beginning of two arrays on.
     *
     * @param s a state, of which {@code x} and {@code y} are the indexes
     * @param t another one, likewise with {@code v} and {@code w}
     * @param octets how many of each, an even number
     * @return the new y times 256, and the new w; x and v have moved by as many as were made
     */
    static int generate(int[] s, int x, int y, byte[] stream, int[] t, int v, int w, byte[] other, int octets) {
        int sMask = s.length - 1;
        int tMask = t.length - 1;
        for (int at = 0; at < octets; at += 2) {
            x = (x + 1) & sMask;
            int a = s[x];
            y = (y + a) & sMask;
            int b = s[y];
            s[x] = b;
            s[y] = a;
            stream[at] = (byte) s[(a + b) & sMask];

            v = (v + 1) & tMask;
            int c = t[v];
            w = (w + c) & tMask;
            int d = t[w];
            t[v] = d;
            t[w] = c;
            other[at] = (byte) t[(c + d) & tMask];

            x = (x + 1) & sMask;
            a = s[x];
            y = (y + a) & sMask;
            b = s[y];
            s[x] = b;
            s[y] = a;
            stream[at + 1] = (byte) s[(a + b) & sMask];

            v = (v + 1) & tMask;
            c = t[v];
            w = (w + c) & tMask;
            d = t[w];
            t[v] = d;
            t[w] = c;
            other[at + 1] = (byte) t[(c + d) & tMask];
        }
        return y << 8 | w;
    }
}
