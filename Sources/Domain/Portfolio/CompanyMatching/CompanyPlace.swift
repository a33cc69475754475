// SPDX-License-Identifier: Apache-2.0

// Where a company is, as it is compared: postcode, town, street.

/// A place that can be compared. Any part of it may be empty.
package struct CompanyPlace: Sendable, Hashable {
    /// Its postcode, letters and digits only.
    package private(set) var postcode = ""
    /// Its town in one word, without CEDEX and without a number of a district.
    package private(set) var town = ""
    /// The number in the street; empty for none.
    package private(set) var number = ""
    /// The words of the street without its kind.
    package private(set) var street: [String] = []

    /// How two places lie to each other, the nearest last.
    package enum Nearness: Int, Sendable, Comparable {
        /// In different places.
        case elsewhere
        /// One of the two says nothing that the other says, too.
        case unknown
        /// In the same department of France.
        case department
        /// In the same town.
        case town
        /// In the same street of the same town, at the same number where both have one.
        case street

        package static func < (left: Nearness, right: Nearness) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// Reads a place as somebody wrote it.
    package init(postcode: String = "", town: String = "", street: String = "") {
        self.postcode = FoldedWords.words(of: postcode).joined()
        self.town = Self.townWord(town)
        // Four digits are a French postcode that a spreadsheet took the zero from.
        if self.postcode.utf8.count == 4, self.postcode.utf8.allSatisfy({ (48...57).contains($0) }),
            !self.town.isEmpty || !street.isEmpty
        {
            self.postcode = "0" + self.postcode
        }
        for word in FoldedWords.words(of: street) {
            if NameTables.streets[word] != nil { continue }
            if number.isEmpty, self.street.isEmpty, word.utf8.first.map(Self.isDigit) == true {
                number = String(word.prefix { $0.isASCII && $0.isNumber })
            } else if word != "BIS", word != "TER", word.utf8.count > 1,
                !NameTables.small.contains(word)
            {
                self.street.append(NameTables.words[word] ?? word)
            }
        }
    }

    /// A place whose parts are known: postcode, town, number, words of the street.
    init(parts: [String]) {
        postcode = parts.first ?? ""
        town = parts.dropFirst().first ?? ""
        number = parts.dropFirst(2).first ?? ""
        street = Array(parts.dropFirst(3))
    }

    /// Whether nothing is said.
    package var isEmpty: Bool { postcode.isEmpty && town.isEmpty }

    /// The department of a French postcode; nil for another.
    package var department: Int? {
        let bytes = Array(postcode.utf8)
        guard bytes.count == 5, bytes.allSatisfy(Self.isDigit) else { return nil }
        let two = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
        // Overseas a department has three digits.
        return two >= 97 ? two * 10 + Int(bytes[2] - 48) : two
    }

    /// How this place lies to another.
    package func nearness(to other: CompanyPlace) -> Nearness {
        if isSameTown(as: other) {
            return isSameStreet(as: other) ? .street : .town
        }
        if let department, let theirs = other.department {
            return department == theirs ? .department : .elsewhere
        }
        let comparesPostcodes = !postcode.isEmpty && !other.postcode.isEmpty
        let comparesTowns = !town.isEmpty && !other.town.isEmpty
        return comparesPostcodes || comparesTowns ? .elsewhere : .unknown
    }

    private func isSameTown(as other: CompanyPlace) -> Bool {
        if !postcode.isEmpty, postcode == other.postcode { return true }
        guard !town.isEmpty, !other.town.isEmpty else { return false }
        // There are many towns of one name: their departments may not differ.
        if let department, let theirs = other.department, department != theirs { return false }
        return town == other.town
            || WordLikeness.of(Array(town.utf8)[...], Array(other.town.utf8)[...]).isNear
    }

    private func isSameStreet(as other: CompanyPlace) -> Bool {
        guard !street.isEmpty, !other.street.isEmpty else { return false }
        if !number.isEmpty, !other.number.isEmpty, number != other.number { return false }
        let (few, many) =
            street.count <= other.street.count
            ? (street, other.street) : (other.street, street)
        let found = few.count { word in
            many.contains {
                WordLikeness.of(Array(word.utf8)[...], Array($0.utf8)[...]).isNear
            }
        }
        return found == few.count && found * 2 >= many.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func townWord(_ text: String) -> String {
        var word = ""
        for part in FoldedWords.words(of: text) {
            if part == "CEDEX" { break }
            if part.utf8.first.map(isDigit) == true || part == "ARRONDISSEMENT" { continue }
            word += NameTables.words[part] ?? part
        }
        return word
    }
}
