// SPDX-License-Identifier: Apache-2.0

// Looks for the companies that lines mean. It has memory of its own, so each thread has one.

internal import VigieLimits

/// What a line says of a company.
package struct MatchQuery: Sendable {
    /// Its name.
    package var name: CompanyName
    /// Where it is.
    package var place: CompanyPlace

    /// Takes a name and a place.
    package init(name: String, place: CompanyPlace = CompanyPlace()) {
        self.name = CompanyName(name)
        self.place = place
    }
}

/// Looks for companies.
package struct CompanyMatcher {
    private let index: CompanyIndex
    /// What the words of the line tell, by their numbers; 0 for other words.
    private var told: [Float]
    /// In which look a name was found.
    private var seen: [UInt32]
    private var look: UInt32 = 0
    private var found: [UInt32] = []

    /// Makes memory for looks into an index.
    package init(_ index: CompanyIndex) {
        self.index = index
        told = [Float](repeating: 0, count: index.weights.count)
        seen = [UInt32](repeating: 0, count: index.nameCount)
    }

    /// The companies that a line may mean.
    package mutating func find(_ query: MatchQuery) -> MatchOutcome {
        guard !query.name.words.isEmpty else { return MatchOutcome([], toldMax: 0) }
        let asked = index.weighed(query.name)
        let words = askedWords(query.name)
        for word in words { told[Int(word.number)] = word.weight }
        collect(words, query)
        let likeliest = likeliest(asked.weight, query.place)
        for word in words { told[Int(word.number)] = 0 }
        let candidates = likeliest.compactMap {
            index.candidate(query, asked, name: Int($0))
        }
        return MatchOutcome(candidates, toldMax: MatchLimits.candidatesMax)
    }

    private struct AskedWord {
        var number: UInt32
        var weight: Float
        var count: Int
    }

    /// The words of the line that companies have, and those that they may be misspelt for; the
    /// rarest first.
    private func askedWords(_ name: CompanyName) -> [AskedWord] {
        var words: [UInt32: Float] = [:]
        for word in Set(name.words) {
            let bytes = Array(word.utf8)
            if let number = index.wordNumbers[word] {
                words[number] = Float(index.weights[Int(number)])
            }
            for number in index.spelled.near(bytes) where words[number] == nil {
                // What only hashes say is looked at when names are compared.
                words[number] = Float(index.weights[Int(number)]) * Self.misspeltPart
            }
        }
        return words.map { number, weight in
            AskedWord(number: number, weight: weight, count: index.namesOfWord[Int(number)].count)
        }
        .sorted { ($0.count, $0.number) < ($1.count, $1.number) }
    }

    private static let misspeltPart: Float = 0.9

    /// Names that share something with the line.
    private mutating func collect(_ words: [AskedWord], _ query: MatchQuery) {
        look &+= 1
        found.removeAll(keepingCapacity: true)
        for key in CompanyIndex.sought(query.name) {
            for name in index.names(keyed: key, atMost: MatchLimits.comparedMax * 4) { add(name) }
        }
        var left = MatchLimits.listedMax
        let department = query.place.department.map { UInt16($0 + 1) }
        for word in words {
            let names = index.namesOfWord[Int(word.number)]
            if names.count <= left {
                for name in names { add(name) }
                left -= names.count
                continue
            }
            // Too many have the word: those of the department, as far as the list may be read.
            guard let department else { continue }
            for name in names.prefix(MatchLimits.listedMax * 4) {
                let theirs = index.departments[Int(index.companyOfName[Int(name)])]
                if theirs == department || theirs == CompanyIndexBuilder.anyDepartment { add(name) }
            }
        }
    }

    private mutating func add(_ name: UInt32) {
        guard seen[Int(name)] != look else { return }
        seen[Int(name)] = look
        found.append(name)
    }

    /// The names that share most of what words tell, and those of the department before others.
    private func likeliest(_ askedWeight: Double, _ place: CompanyPlace) -> [UInt32] {
        guard found.count > MatchLimits.comparedMax else { return found }
        let department = place.department.map { UInt16($0 + 1) }
        var best = LikeliestNames()
        for name in found {
            var shared: Float = 0
            for word in index.wordsOfName[Int(name)] { shared += told[Int(word)] }
            var rank = 2 * shared / (Float(askedWeight) + index.weightOfName[Int(name)])
            if let department {
                let theirs = index.departments[Int(index.companyOfName[Int(name)])]
                if theirs == department { rank += Self.departmentRank }
            }
            best.offer(name, rank)
        }
        return best.names
    }

    private static let departmentRank: Float = 0.2
}

/// The names of highest rank.
private struct LikeliestNames {
    private(set) var names: [UInt32] = []
    private var ranks: [Float] = []
    private var least = 0

    mutating func offer(_ name: UInt32, _ rank: Float) {
        if names.count < MatchLimits.comparedMax {
            names.append(name)
            ranks.append(rank)
            if rank < ranks[least] { least = ranks.count - 1 }
            return
        }
        guard rank > ranks[least] else { return }
        (names[least], ranks[least]) = (name, rank)
        least = ranks.indices.min { ranks[$0] < ranks[$1] } ?? 0
    }
}
