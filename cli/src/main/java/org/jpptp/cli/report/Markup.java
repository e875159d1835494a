package org.jpptp.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jpptp.cli.view.Style;

/**
 * HTML that is also well-formed XML. The JDK's writer escapes every text and attribute and closes what was opened, so that
 * nothing of a peer's can become markup; characters that could steer whoever shows it are made visible.
 */
final class Markup {
    private final XMLStreamWriter out;

    Markup(Writer out) {
        try {
            this.out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(XMLStreamException e) {
        return new UncheckedIOException(
                e.getNestedException() instanceof IOException refused ? refused : new IOException(e));
    }

    /** What every HTML file begins with. */
    Markup doctype() {
        try {
            out.writeDTD("<!DOCTYPE html>");
            out.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn
     */
    Markup open(String name, String... attributes) {
        try {
            out.writeStartElement(name);
            attributes(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            out.writeAttribute(attributes[i], Style.visible(attributes[i + 1]));
        }
    }

    /** Closes what was opened last. */
    Markup close() {
        try {
            out.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** Closes it, and begins a new line. */
    Markup closeLine() {
        return close().newLine();
    }

    private Markup newLine() {
        try {
            out.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** Text inside what was opened last. */
    Markup text(String text) {
        try {
            out.writeCharacters(Style.visible(text));
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** A text of ours of several lines, which is free of what would have to be escaped. */
    Markup lines(String text) {
        try {
            out.writeCharacters(text);
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** An element with nothing but text in it. */
    Markup element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** An element that has no content, as {@code meta} of HTML and {@code path} of SVG. */
    Markup empty(String name, String... attributes) {
        try {
            out.writeEmptyElement(name);
            attributes(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** A picture with what it shows in words; closed by the caller. */
    Markup picture(String title, String description, String... attributes) {
        open("svg", "role", "img");
        try {
            attributes(attributes);
        } catch (XMLStreamException e) {
            throw failed(e);
        }
        element("title", title);
        return description.isEmpty() ? this : element("desc", description);
    }

    /** The document is complete. */
    void end() {
        try {
            out.writeEndDocument();
            out.flush();
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }
}
