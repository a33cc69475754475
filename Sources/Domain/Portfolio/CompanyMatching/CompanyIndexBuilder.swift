// SPDX-License-Identifier: Apache-2.0

// Companies that are known, collected before they can be looked for.

internal import VigieLimits

/// Why companies cannot be taken in.
package struct MatchLimitError: Error, CustomStringConvertible {
    /// The kind of error, for programs.
    package let code = "LIMIT_EXCEEDED"
    /// What is too many.
    package let what: String
    /// How many there may be.
    package let limit: Int

    package var description: String {
        "more than \(limit) \(what): leave out what cannot be meant, such as companies that ended"
    }
}

/// Collects companies, their names and places.
package struct CompanyIndexBuilder {
    private(set) var words = PackedTexts()
    private(set) var places = PackedTexts()
    private(set) var isEnded: [Bool] = []
    private(set) var forms: [String] = []
    private(set) var companyOfName: [UInt32] = []
    private(set) var isTradeName: [Bool] = []
    private(set) var formOfName: [String] = []
    private(set) var placeOfCompany: [(list: UInt32, number: UInt32)] = []
    private(set) var departments: [UInt16] = []
    private(set) var wordNumbers: [String: UInt32] = [:]
    private(set) var wordOfName: [(list: UInt32, number: UInt32)] = []
    private var nameCounts: [UInt8] = []
    private var placeCounts: [UInt8] = []

    private let companiesMax: Int

    /// Begins without companies, of which there may be so many.
    package init(companiesMax: Int = MatchLimits.companiesMax) { self.companiesMax = companiesMax }

    /// How many companies there are.
    package var companyCount: Int { isEnded.count }

    /// Adds a company, and returns its number.
    ///
    /// - Parameters:
    ///   - isEnded: Whether the register says that it has ended.
    ///   - category: Its legal category in the French directory; empty for none.
    package mutating func add(
        isEnded: Bool = false,
        category: String = ""
    ) throws(MatchLimitError) -> Int {
        guard companyCount < companiesMax else {
            throw MatchLimitError(what: "companies", limit: companiesMax)
        }
        self.isEnded.append(isEnded)
        forms.append(NameTables.form(ofCategory: category) ?? "")
        departments.append(0)
        nameCounts.append(0)
        placeCounts.append(0)
        return companyCount - 1
    }

    /// Adds a name of a company. Names beyond a limit, and those without a word, are left out.
    ///
    /// - Parameter isTrade: Whether it is one that it uses beside its legal one.
    package mutating func add(name text: String, of company: Int, isTrade: Bool = false) {
        let name = CompanyName(text)
        guard isEnded.indices.contains(company), !name.words.isEmpty,
            Int(nameCounts[company]) < MatchLimits.namesMax
        else { return }
        nameCounts[company] += 1
        let number = UInt32(truncatingIfNeeded: companyOfName.count)
        formOfName.append(name.form)
        companyOfName.append(UInt32(truncatingIfNeeded: company))
        isTradeName.append(isTrade)
        for word in name.words { wordOfName.append((number, self.number(of: word))) }
    }

    private mutating func number(of word: String) -> UInt32 {
        if let number = wordNumbers[word] { return number }
        let number = UInt32(truncatingIfNeeded: words.count)
        wordNumbers[word] = number
        words.append([word])
        return number
    }

    /// Adds a place where a company is. Places beyond a limit, and those that say nothing, are left
    /// out.
    package mutating func add(_ place: CompanyPlace, of company: Int) {
        guard isEnded.indices.contains(company), !place.isEmpty,
            Int(placeCounts[company]) < MatchLimits.placesMax
        else { return }
        placeCounts[company] += 1
        let number = UInt32(truncatingIfNeeded: places.count)
        places.append([place.postcode, place.town, place.number] + place.street)
        placeOfCompany.append((UInt32(truncatingIfNeeded: company), number))
        let department = UInt16(place.department.map { $0 + 1 } ?? Int(Self.anyDepartment))
        let before = departments[company]
        departments[company] =
            before == 0 || before == department ? department : Self.anyDepartment
    }

    /// What stands for places in several departments, or in none of France.
    static let anyDepartment = UInt16.max
}
