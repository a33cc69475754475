// SPDX-License-Identifier: Apache-2.0

// What makes programs out of text.

internal import VigieLimits

extension FEELProgram {
    /// Compiles an expression. It never fails: an expression with problems gives null where they
    /// are, and whoever refuses such ones looks at `problems`.
    package convenience init(_ text: String, _ scope: FEELScope = FEELScope()) {
        self.init(text, scope, inputCount: scope.count) {
            (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
            try compiler.expression()
        }
    }

    convenience init(
        _ text: String,
        _ scope: FEELScope,
        inputCount: Int,
        _ read: (inout Compiler) throws(FEELProblem) -> Int32
    ) {
        var compiler = Compiler(text, scope)
        let root = compiler.root(read)
        self.init(compiler, root: root, inputCount: inputCount)
    }
}

extension Compiler {
    /// The step that gives the result of the whole text.
    mutating func root(_ read: (inout Compiler) throws(FEELProblem) -> Int32) -> Int32 {
        do throws(FEELProblem) {
            guard bytes.count <= FEELLimits.textBytes else {
                throw FEELProblem(
                    kind: .limit,
                    message: "the expression has more than \(FEELLimits.textBytes) bytes",
                    position: FEELPosition(line: 1, column: 1)
                )
            }
            guard token.kind != .end else {
                throw FEELProblem(
                    kind: .syntax,
                    message: "the expression is empty",
                    position: position(token)
                )
            }
            let root = try read(&self)
            guard token.kind == .end else { throw unexpected("an operator or comma is missing") }
            return root
        } catch {
            // Nothing of what was compiled is of use; the problem is told before all others.
            nodes = [.failure(0)]
            nodePositions = [error.position]
            nodeTypes = [.any]
            tables = ProgramTables()
            tables.failures = [error.message]
            problems.insert(error, at: 0)
            usedInputs = []
            return 0
        }
    }
}
