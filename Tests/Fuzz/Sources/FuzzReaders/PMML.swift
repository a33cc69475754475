// SPDX-License-Identifier: Apache-2.0

// Reads the input as a model; what is read must score the same both ways.

import Forest
import Formulas
import ModelFormats

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_pmml")
func fuzzPMML(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard let program = try? PMMLReader.read(bytes) else { return 0 }
    checkOutputs(program)
    return 0
}

private let values: [Double] = [.nan, 0, -1, 1, 0.5, 2.5, 20, .infinity, -.infinity, 1e300]

private func checkOutputs(_ program: ModelProgram) {
    let rowCount = 7
    let reference = ReferenceProgram(program)
    let plan = ProgramPlan(program)
    let workspace = plan.makeWorkspace()
    let rows = (0..<rowCount).map { row in
        program.inputs.indices.map { values[(row * 3 + $0) % values.count] }
    }
    for (row, inputs) in rows.enumerated() {
        for (input, value) in inputs.enumerated() { workspace.register(input)[row] = value }
    }
    plan.run(workspace, rowCount: rowCount)
    for (row, inputs) in rows.enumerated() {
        let registers = reference.registers(row: inputs)
        for (register, expected) in registers.enumerated() {
            let found = workspace.register(register)[row]
            precondition(
                found.bitPattern == expected.bitPattern || (found.isNaN && expected.isNaN),
                "plan and reference differ"
            )
        }
    }
}
