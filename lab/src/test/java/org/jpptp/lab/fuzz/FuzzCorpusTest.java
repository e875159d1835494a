package org.jpptp.lab.fuzz;

import org.jpptp.lab.fuzzing.CorpusReplay;

/** The inputs that lab keeps. */
class FuzzCorpusTest extends CorpusReplay {}
