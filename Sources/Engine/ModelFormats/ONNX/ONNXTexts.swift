// SPDX-License-Identifier: Apache-2.0

// Texts are numbers in a program: this remembers which.

internal import ExactTexts

/// The texts of a graph. A text that the file fixes is its place in one list; a register of texts
/// has a list of its own, of the texts that it is compared with or can become.
struct ONNXTexts {
    private var fixed: [String] = []
    private var places: [ExactText: Int] = [:]
    private var registers: [Int: [String]] = [:]
    private var registerPlaces: [Int: [ExactText: Int]] = [:]
    private var closed: Set<Int> = []

    /// The number of a text that the file fixes.
    mutating func number(of text: String) -> Double {
        if let place = places[text] { return Double(place) }
        places[text] = fixed.count
        fixed.append(text)
        return Double(fixed.count - 1)
    }

    /// The text of such a number.
    func text(of number: Double) -> String {
        guard let place = Int(exactly: number), fixed.indices.contains(place) else { return "" }
        return fixed[place]
    }

    /// The number by which a register shows a text; nil when it never does.
    mutating func number(of text: String, in register: Int) -> Double? {
        if let place = registerPlaces[register]?[text] { return Double(place) }
        guard !closed.contains(register) else { return nil }
        let place = registers[register, default: []].count
        registers[register, default: []].append(text)
        registerPlaces[register, default: [:]][ExactText(text)] = place
        return Double(place)
    }

    /// Says that a register holds only these texts, by their places.
    mutating func close(_ register: Int, to texts: [String]) {
        closed.insert(register)
        registers[register] = texts
        registerPlaces[register] = Dictionary(
            zip(texts.lazy.map(ExactText.init), texts.indices),
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The texts of a register.
    func texts(in register: Int) -> [String] { registers[register] ?? [] }
}
