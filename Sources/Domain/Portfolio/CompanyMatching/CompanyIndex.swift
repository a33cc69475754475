// SPDX-License-Identifier: Apache-2.0

// Companies that can be looked for by name. For a line only those are compared that share a word
// with it, or nearly do, or all their words in a row, or their first letters: the rarest words are
// looked at first, and what too many companies have counts in the line's department only.
//
// What it is made to cost: of a million companies some 300 bytes each and a few microseconds to
// take in; of a line up to 20,000 places in lists at some 5 ns, and 32 comparisons at a microsecond
// or two. So 100,000 lines against a million companies take well below a minute on one core.

internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

/// Companies by words of their names. It never changes, so that any number of threads can look.
package final class CompanyIndex: Sendable {
    let words: PackedTexts
    let places: PackedTexts
    let isEnded: [Bool]
    let forms: [String]
    let companyOfName: [UInt32]
    let isTradeName: [Bool]
    let formOfName: [String]
    let placesOfCompany: NumberLists
    /// The department of a company's places and one more; 0 for no place.
    let departments: [UInt16]
    let wordNumbers: [String: UInt32]
    let wordsOfName: NumberLists
    let namesOfWord: NumberLists
    /// How much a word tells, by its number.
    let weights: [Double]
    let weightOfName: [Float]
    let spelled: SpelledWords
    private let keyed: [UInt64: UInt32]
    private let nextOfKey: [UInt32]

    /// How many names there are.
    package var nameCount: Int { companyOfName.count }
    /// How many companies there are.
    package var companyCount: Int { isEnded.count }

    /// Makes an index of what was collected.
    package init(_ builder: CompanyIndexBuilder) {
        (words, places) = (builder.words, builder.places)
        formOfName = builder.formOfName
        (isEnded, forms) = (builder.isEnded, builder.forms)
        (companyOfName, isTradeName) = (builder.companyOfName, builder.isTradeName)
        departments = builder.departments
        wordNumbers = builder.wordNumbers
        placesOfCompany = NumberLists(count: builder.companyCount, builder.placeOfCompany)
        let nameCount = builder.companyOfName.count
        let wordsOfName = NumberLists(count: nameCount, builder.wordOfName)
        self.wordsOfName = wordsOfName
        let namesOfWord = NumberLists(
            count: builder.wordNumbers.count,
            builder.wordOfName.map { ($0.number, $0.list) }
        )
        self.namesOfWord = namesOfWord
        var weights = [Double](repeating: 0, count: builder.wordNumbers.count)
        for (word, number) in builder.wordNumbers {
            let count = namesOfWord[Int(number)].count
            weights[Int(number)] = Self.weight(of: word, count: count, among: nameCount)
        }
        self.weights = weights
        var weightOfName = [Float](repeating: 0, count: nameCount)
        for pair in builder.wordOfName {
            weightOfName[Int(pair.list)] += Float(weights[Int(pair.number)])
        }
        self.weightOfName = weightOfName
        spelled = SpelledWords(builder.wordNumbers.map { (text: $0.key, number: $0.value) })
        (keyed, nextOfKey) = Self.keys(count: nameCount) { name in
            wordsOfName[name].map { builder.words[Int($0)].first ?? "" }
        }
    }

    /// What a word tells: the more, the fewer names have it.
    private static func weight(of word: String, count: Int, among all: Int) -> Double {
        let weight = log2(Double(all + 1) / Double(count + 1)) + 1
        return NameTables.small.contains(word) ? min(weight, smallWeight) : max(weight, 1)
    }

    /// The most that a word tells that says little; others tell more.
    static let smallWeight = 0.5

    /// What a word tells; one that no company has may be misspelt, and tells as much as a rare one.
    func weight(of word: String) -> Double {
        if let number = wordNumbers[word] { return weights[Int(number)] }
        return Self.weight(of: word, count: 0, among: nameCount)
    }

    /// A name by its number.
    func weighed(name number: Int) -> WeighedName {
        WeighedName(
            words: wordsOfName[number].map { word in
                WeighedName.Word(text: words.bytes(Int(word)), weight: weights[Int(word)])
            }
        )
    }

    /// A place by its number.
    func place(_ number: Int) -> CompanyPlace { CompanyPlace(parts: places[number]) }

    // MARK: Names as a whole

    /// What a name is found by as a whole: all its words in a row, and its first letters.
    static func keys(of name: CompanyName) -> [UInt64] {
        var keys = [hash(name.joined, 0)]
        if name.words.count > 2, let initials = name.initials { keys.append(hash(initials, 1)) }
        return keys
    }

    /// What a name is looked for by as a whole.
    static func sought(_ name: CompanyName) -> [UInt64] {
        var keys = keys(of: name)
        if name.words.count == 1, let word = name.words.first { keys.append(hash(word, 1)) }
        if let initials = name.initials { keys.append(hash(initials, 0)) }
        return keys
    }

    /// The names that have a key, at most so many.
    func names(keyed key: UInt64, atMost count: Int) -> [UInt32] {
        var found: [UInt32] = []
        var next = keyed[key]
        while let entry = next, found.count < count {
            found.append(entry / 2)
            let following = nextOfKey[Int(entry)]
            next = following == UInt32.max ? nil : following
        }
        return found
    }

    /// FNV-1a with a salt.
    private static func hash(_ text: String, _ salt: UInt64) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ (salt &* 0x9E37_79B9_7F4A_7C15)
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        return hash
    }

    /// A list for each key: an entry is a name, two times, and which of its keys it is of.
    private static func keys(
        count: Int,
        words: (Int) -> [String]
    ) -> ([UInt64: UInt32], [UInt32]) {
        var keyed: [UInt64: UInt32] = [:]
        keyed.reserveCapacity(count)
        var next = [UInt32](repeating: .max, count: count * 2)
        for number in 0..<count {
            let name = CompanyName(form: "", words: words(number))
            for (place, key) in keys(of: name).enumerated() {
                let entry = UInt32(truncatingIfNeeded: number * 2 + place)
                if let before = keyed[key] { next[Int(entry)] = before }
                keyed[key] = entry
            }
        }
        return (keyed, next)
    }
}
