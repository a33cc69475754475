// SPDX-License-Identifier: Apache-2.0

// What the registers of a program depend on.

/// The steps of a program by the registers that they give.
struct ProgramSteps {
    /// What a register depends on.
    enum Origin: Equatable {
        /// It is the same in every row.
        case constant
        /// One input.
        case one(Int)
        /// More than one input.
        case several

        /// The one input.
        var input: Int? {
            if case .one(let input) = self { input } else { nil }
        }
    }

    private let program: ModelProgram
    /// For each register after the inputs, its step and which of the step's results it is.
    private var places: [(step: Int, result: Int)] = []
    private var origins: [Origin]
    /// Registers of some row; those that depend on nothing are the same in every row.
    private let sample: [Double]

    init(_ program: ModelProgram) {
        self.program = program
        origins = program.inputs.indices.map { .one($0) }
        for (index, step) in program.steps.enumerated() {
            var origin = Origin.constant
            for argument in step.arguments { origin = Self.joined(origin, origins[argument]) }
            for result in 0..<step.resultCount {
                places.append((index, result))
                origins.append(origin)
            }
        }
        let row = [Double](repeating: 0, count: program.inputs.count)
        sample = ReferenceProgram(program).registers(row: row)
    }

    private static func joined(_ left: Origin, _ right: Origin) -> Origin {
        switch (left, right) {
        case (.constant, let other), (let other, .constant): other
        default: left == right ? left : .several
        }
    }

    /// What a register depends on.
    func origin(_ register: Int) -> Origin { origins[register] }

    /// The value of a register that is the same in every row; nil for any other.
    func constant(_ register: Int) -> Double? {
        origins[register] == .constant ? sample[register] : nil
    }

    /// The step that gives a register, and which of its results it is; nil for an input.
    func step(of register: Int) -> (step: ModelStep, result: Int)? {
        guard register >= program.inputs.count else { return nil }
        let place = places[register - program.inputs.count]
        return (program.steps[place.step], place.result)
    }
}
