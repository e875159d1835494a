package org.jpptp.cli;

import org.jpptp.lab.fuzzing.CorpusReplay;

/** The inputs that cli keeps. */
class FuzzCorpusTest extends CorpusReplay {}
