package dev.carillon.maintenance;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Network addresses: single ones, and ranges as in {@code 10.0.0.0/8} and {@code 2001:db8::/32}. No name is ever looked up. */
final class Addresses {

    /** Digits and separators only: everything else {@link InetAddress} would ask the network about. */
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

    private final List<Range> ranges;

    /** @throws IllegalArgumentException if one is something else; the message begins with the key */
    Addresses(List<String> texts) {
        this.ranges = texts.stream().map(Addresses::range).toList();
    }

    /** @param address as the container tells it; false for what is none */
    boolean include(String address) {
        return parse(address)
                .filter(one -> ranges.stream().anyMatch(range -> range.includes(one)))
                .isPresent();
    }

    private static Range range(String text) {
        String[] parts = text.split("/", -1);
        Optional<byte[]> first = parse(parts[0]);
        int bits = first.map(address -> address.length * Byte.SIZE).orElse(0);
        int prefix = parts.length == 1 ? bits : number(parts[1]);
        if (first.isEmpty() || parts.length > 2 || prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("maintenance.allow.addresses has '" + text
                    + "'; it must be as in 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32");
        }
        return new Range(first.get(), prefix);
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Without the zone that may be behind a link-local address; one of IPv4 within IPv6 is one of IPv4. */
    private static Optional<byte[]> parse(String text) {
        String address = text.split("%", 2)[0];
        if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    private record Range(byte[] first, int prefix) {
        boolean includes(byte[] address) {
            int rest = first.length * Byte.SIZE - prefix;
            return address.length == first.length
                    && new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, first).shiftRight(rest));
        }
    }
}
