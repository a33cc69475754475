// SPDX-License-Identifier: Apache-2.0

// Numbers of formulas in answers: those of the complete form, then what only the simplified one
// has.

internal import ProtobufCoding
internal import StatementAnalysis
internal import VigieProtos

/// The numbers of all formulas that are shown.
struct FormulaNumbers: Sendable {
    /// The only ones.
    static let all = FormulaNumbers()

    /// The formulas, by their numbers.
    let formulas: [StatementFormula]
    private let byName: [String: UInt32]
    /// Ratios and balances of each form, and its published models.
    private let complete: (ratios: Columns, models: Columns)
    private let simplified: (ratios: Columns, models: Columns)

    /// Some formulas of a form, in the order in which answers have them.
    struct Columns: Sendable {
        /// Their places among the formulas of the form.
        let places: [Int]
        /// Their numbers, as ResultColumns has them on the wire.
        let field: [UInt8]

        init(_ places: [Int], _ number: (Int) -> UInt32) {
            self.places = places
            var message = Vigie_V1_ResultColumns()
            message.formulas = places.map(number)
            field = message.serializedBytes()
        }
    }

    private init() {
        var formulas: [StatementFormula] = []
        var byName: [String: UInt32] = [:]
        var numbers: [ObjectIdentifier: UInt32] = [:]
        for form in [StatementFormulas.complete, .simplified] {
            for formula in form.formulas where formula.kind != .definition {
                // A formula of both forms is one, though each form writes it in its own lines.
                let number = byName[formula.name] ?? UInt32(formulas.count)
                if byName.updateValue(number, forKey: formula.name) == nil {
                    formulas.append(formula)
                }
                numbers[ObjectIdentifier(formula)] = number
            }
        }
        self.formulas = formulas
        self.byName = byName
        func columns(_ form: StatementFormulas) -> (ratios: Columns, models: Columns) {
            let number = { (place: Int) in numbers[ObjectIdentifier(form.formulas[place])] ?? 0 }
            let ratios = form.formulas.indices.filter { place in
                let formula = form.formulas[place]
                return (formula.kind == .ratio || formula.kind == .balance) && formula.off.isEmpty
            }
            let models = PublishedModels.of(form).models.map(\.place)
            return (Columns(ratios, number), Columns(models, number))
        }
        complete = columns(.complete)
        simplified = columns(.simplified)
    }

    /// The number of a ratio.
    func number(ofRatio name: String) -> UInt32 { byName[name] ?? 0 }

    /// The ratios and balances of a form, and its published models.
    func columns(_ form: StatementFormulas) -> (ratios: Columns, models: Columns) {
        form === StatementFormulas.simplified ? simplified : complete
    }
}
