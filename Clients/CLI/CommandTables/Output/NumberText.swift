// SPDX-License-Identifier: Apache-2.0

// Numbers for people.

internal import Glibc

/// The number with a fixed number of decimals.
package func decimals(_ value: Double, _ count: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let written = withVaList([Int32(clamping: count), value]) {
        vsnprintf(&buffer, buffer.count, "%.*f", $0)
    }
    guard written >= 0 else { return value.description }
    return String(
        decoding: buffer.prefix(min(Int(written), buffer.count - 1)).map(UInt8.init(bitPattern:)),
        as: UTF8.self
    )
}

/// A probability in percent, with more decimals where it is small.
package func percentage(_ probability: Double) -> String {
    let percent = probability * 100
    return decimals(percent, percent < 0.1 ? 3 : 2) + " %"
}

/// A quantity of whatever kind, as exactly as somebody reads it.
package func rounded(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return "\(whole)" }
    return decimals(value, value.magnitude < 1 ? 4 : 2)
}

/// A count of things, one or several, such as "1 line" or "2 000 lines".
package func counted(_ count: Int, _ one: String, _ several: String) -> String {
    "\(grouped(count)) \(count == 1 ? one : several)"
}

/// A count with its thousands apart, such as "10 000 000".
package func grouped(_ count: Int) -> String {
    var groups: [String] = []
    var rest = count.magnitude
    repeat {
        let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 1000)
        let digits = String(remainder)
        let isLast = quotient == 0
        groups.append(isLast ? digits : String(repeating: "0", count: 3 - digits.count) + digits)
        rest = quotient
    } while rest > 0
    return (count < 0 ? "-" : "") + groups.reversed().joined(separator: " ")
}

/// A quantity with a short unit, such as "1.25 M" or "312 k".
package func short(_ value: Double) -> String {
    let units: [(size: Double, name: String)] = [(1e9, " G"), (1e6, " M"), (1e3, " k")]
    for unit in units where value >= unit.size {
        let scaled = value / unit.size
        return decimals(scaled, scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2) + unit.name
    }
    return decimals(value, value >= 100 ? 0 : 1)
}
