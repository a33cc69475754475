// SPDX-License-Identifier: Apache-2.0

// Where a time is: so far from UTC, or in a zone by name.

internal import VigieLimits

/// Where a time is.
package enum FEELZone: Sendable {
    /// So many seconds east of Greenwich.
    case offset(Int)
    /// A zone by name, such as Europe/Paris.
    case named(FEELZoneRules)

    /// UTC.
    package static let utc = FEELZone.offset(0)
    /// The greatest magnitude of an offset in seconds.
    static let offsetMagnitude = 18 * 3_600

    /// The offset in seconds when the clock on the wall shows a time, in seconds since 1970-01-01.
    func offset(localSeconds: Int) -> Int {
        switch self {
        case .offset(let seconds): seconds
        case .named(let rules): rules.offset(localSeconds: localSeconds)
        }
    }

    /// The offset in seconds at an instant, in seconds since 1970-01-01T00:00:00Z.
    func offset(utcSeconds: Int) -> Int {
        switch self {
        case .offset(let seconds): seconds
        case .named(let rules): rules.offset(utcSeconds: utcSeconds)
        }
    }

    /// Whether it is the same place: a named zone is another than an offset.
    func isSame(as other: FEELZone) -> Bool {
        switch (self, other) {
        case (.offset(let left), .offset(let right)): left == right
        case (.named(let left), .named(let right)): left.name.isSame(as: right.name)
        default: false
        }
    }
}

/// The zones that there are. The files of a system are read by whoever makes it: this module opens
/// none.
package struct FEELZones: Sendable {
    /// The rules of a zone by its name; nil when there is none.
    let rules: @Sendable (String) -> FEELZoneRules?

    /// Takes how a zone's file is had, in the form of RFC 8536; nil when there is none. It is asked
    /// for names of letters, digits and `/_+-` only, never for one that begins with `/`.
    package init(file: @escaping @Sendable (String) -> [UInt8]?) {
        rules = { name in
            if name == "UTC" || name == "Etc/UTC" || name == "Z" {
                return FEELZoneRules(name: name)
            }
            return file(name).flatMap { FEELZoneRules(name: name, file: $0) }
        }
    }

    /// UTC only.
    package static let utcOnly = FEELZones { _ in nil }

    /// The zone of a name; nil when there is none.
    package func zone(_ name: String) -> FEELZone? {
        let isSound = name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
                UInt8(ascii: "+"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isSound, !name.isEmpty, name.utf8.count <= FEELLimits.zoneNameBytes,
            name.utf8.first != UInt8(ascii: "/")
        else { return nil }
        return rules(name).map(FEELZone.named)
    }
}
