// SPDX-License-Identifier: Apache-2.0

// Models run as the formulas that they are.

package import Formulas

/// A step of a model.
package typealias ModelStep = FormulaStep
/// A model made ready to run, with all its registers.
package typealias ProgramPlan = FormulaPlan
/// The scratch memory of one thread.
package typealias ProgramWorkspace = FormulaWorkspace
/// Explains registers of a model, such as its raw outputs.
package typealias ProgramExplainer = FormulaExplainer

extension FormulaPlan {
    /// Compiles a model.
    package convenience init(_ program: ModelProgram) {
        self.init(program.formula)
    }

    /// Scratch memory for one thread.
    package func makeWorkspace() -> FormulaWorkspace { FormulaWorkspace(self) }
}

extension FormulaExplainer {
    /// Prepares explanations of some registers of a model; nil if one of them mixes inputs in a way
    /// that has none.
    package convenience init?(_ program: ModelProgram, registers: [Int]) {
        self.init(program.formula, registers: registers)
    }
}
