package org.jpptp.client.explain.evidence;

/** A fact, who did it, where it stands and when it was. */
public record Step(Moment at, Side from, Fact fact) {
    Step mirrored() {
        return new Step(at, from.other(), fact);
    }
}
