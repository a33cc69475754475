// SPDX-License-Identifier: Apache-2.0

// Reads the input as a model; what is read must evaluate the same both ways.

import Formulas
import ModelFormats

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_onnx")
func fuzzONNX(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    // Models of many steps are sound, but leave no time for others.
    guard let program = try? ONNXReader.read(bytes), program.registerCount < 2000 else { return 0 }
    let values: [Double] = [0.5, .nan, -1, 0, 3, .infinity, 1e30]
    let rows = (0..<3).map { row in
        program.inputs.indices.map { values[(row + $0) % values.count] }
    }
    let plan = ProgramPlan(program)
    let workspace = plan.makeWorkspace()
    for (row, values) in rows.enumerated() {
        for (input, value) in values.enumerated() { workspace.register(input)[row] = value }
    }
    plan.run(workspace, rowCount: rows.count)
    let reference = ReferenceProgram(program)
    for (row, values) in rows.enumerated() {
        let registers = reference.registers(row: values)
        for output in program.outputs {
            let expected = registers[output.register]
            let found = workspace.register(output.register)[row]
            precondition(
                found == expected || (found.isNaN && expected.isNaN),
                "plan and reference differ"
            )
        }
    }
    return 0
}
