package org.jpptp.lab.peer;

/**
 * What the kernel's netem does to the GRE packets of a {@link RealPeer}, each way; everything else keeps fair weather.
 *
 * @param words in the notation of {@code tc qdisc add … netem}
 */
public record Weather(String words) {
    /**
     * How many packets of the size of {@link Datagrams} the network has lost since the weather changed.
     *
     * @param up on the way to the guest
     * @param down on the way from it
     */
    public record Lost(int up, int down) {}

    /** Each packet is lost with this probability. */
    public static Weather loss(int percent) {
        return new Weather("loss " + percent + "%");
    }

    /** Every packet takes 10 ms, but so many of them overtake those that wait. */
    public static Weather reordering(int percent) {
        return new Weather("delay 10ms reorder " + percent + "%");
    }

    /** So many packets come twice. */
    public static Weather duplication(int percent) {
        return new Weather("duplicate " + percent + "%");
    }

    /** From now on. */
    public void over(RealPeer peer) {
        peer.exec("/run/peer/weather " + words);
    }

    /** Fair again. */
    public static void clear(RealPeer peer) {
        peer.exec("/run/peer/weather clear");
    }

    /** Netem's own count, for as long as there is weather. */
    public static Lost lost(RealPeer peer) {
        String[] outIn = peer.exec("/run/peer/weather lost").strip().split(" ", -1);
        return new Lost(Integer.parseInt(outIn[1]), Integer.parseInt(outIn[0]));
    }

    @Override
    public String toString() {
        return words;
    }
}
