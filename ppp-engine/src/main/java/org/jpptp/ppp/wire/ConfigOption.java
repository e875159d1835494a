package org.jpptp.ppp.wire;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A Configuration Option: a type and a value of up to 253 octets (RFC 1661 §6). Immutable. */
public final class ConfigOption {
    /** Octets of type and length. */
    public static final int HEADER = 2;

    private final int type;
    private final byte[] value;

    private ConfigOption(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    /** An option without a value. */
    public static ConfigOption flag(int type) {
        return new ConfigOption(type, new byte[0]);
    }

    /** An option of any octets. */
    public static ConfigOption of(int type, byte... value) {
        return new ConfigOption(type, value.clone());
    }

    /** An option of two octets. */
    public static ConfigOption ofShort(int type, int value) {
        return new ConfigOption(type, new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** An option of four octets. */
    public static ConfigOption ofInt(int type, int value) {
        return new ConfigOption(
                type, new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    /** An option that is an address. */
    public static ConfigOption ofAddress(int type, Inet4Address address) {
        return new ConfigOption(type, address.getAddress());
    }

    public int type() {
        return type;
    }

    /** Octets of the value, without type and length. */
    public int valueLength() {
        return value.length;
    }

    /** One octet of the value, 0…255. */
    public int octet(int index) {
        return value[index] & 0xFF;
    }

    /** The first two octets of the value; it has that many. */
    public int shortValue() {
        return octet(0) << 8 | octet(1);
    }

    /** The first four octets of the value; it has that many. */
    public int intValue() {
        return octet(0) << 24 | octet(1) << 16 | octet(2) << 8 | octet(3);
    }

    /** The value as an address; it is four octets long. */
    public Inet4Address addressValue() {
        try {
            return (Inet4Address) InetAddress.getByAddress(value);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address option of " + value.length + " octets", e);
        }
    }

    /** Appends type, length and value. */
    public void write(ByteBuf packet) {
        packet.writeByte(type).writeByte(HEADER + value.length).writeBytes(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigOption that && type == that.type && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(value);
    }
}
