// SPDX-License-Identifier: Apache-2.0

// Functions as values: those that an expression defines, those of the language, and those of
// others, such as the business knowledge of a model.

/// What can be called.
package final class FEELFunction: Sendable {
    /// What a call runs.
    enum Body: Sendable {
        /// A function of an expression, with the values it was made among.
        case defined(program: FEELProgram, body: Int32, firstSlot: Int32, frame: [FEELValue])
        /// A function of the language.
        case builtin(Builtin)
        /// Something of others.
        case other(any FEELCallable)
    }

    /// What a call runs.
    let body: Body
    /// The names of what it takes.
    package let parameterNames: [String]
    /// The types of what it takes.
    package let parameterTypes: [FEELType]
    /// The type of what it gives.
    package let resultType: FEELType
    /// How deep values are nested in what it was made among.
    let nesting: Int

    init(
        body: Body,
        parameterNames: [String],
        parameterTypes: [FEELType],
        resultType: FEELType,
        among values: [FEELValue] = []
    ) {
        self.body = body
        self.parameterNames = parameterNames
        self.parameterTypes = parameterTypes
        self.resultType = resultType
        var values = values
        if case .defined(_, _, _, let frame) = body { values = frame }
        nesting = 1 + (values.lazy.map(\.nesting).max() ?? 0)
    }

    /// A function of others, with the values that it keeps.
    package convenience init(
        _ callable: any FEELCallable,
        parameterNames: [String],
        parameterTypes: [FEELType],
        resultType: FEELType,
        among values: [FEELValue] = []
    ) {
        self.init(
            body: .other(callable),
            parameterNames: parameterNames,
            parameterTypes: parameterTypes,
            resultType: resultType,
            among: values
        )
    }
}

/// A function that something else than an expression carries out.
package protocol FEELCallable: Sendable {
    /// Carries out a call; the arguments are as many as it has parameters, of their types or null.
    func call(_ arguments: [FEELValue], _ evaluation: FEELEvaluation) -> FEELValue
}
