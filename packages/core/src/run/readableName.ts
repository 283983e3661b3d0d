/** Names for runs that nobody named: two words that are easy to say and a number, such as `amber-kite-41`. */
import { Effect, Random } from "effect"

const first =
  "amber azure brisk calm clear copper coral crisp dawn deep eager early fair fern fleet fresh gentle golden grand green hazel icy ivory jade keen kind light lively lucid lunar mellow mild misty neat noble north olive opal pearl plain polar proud quick quiet rapid red river rosy royal rustic sage sandy silver sleek smooth soft solar spring steady still stone sunny swift tidal topaz true velvet vivid warm west wild winter wise young".split(
    " "
  )
const second =
  "anchor arch badger bay beacon birch bison bloom breeze bridge brook canyon cedar cliff cloud comet cove crane creek dune eagle elm falcon field finch fjord forest fox garden glade grove gull harbor hare hawk heron hill island ivy kite lake lark leaf lynx maple marsh meadow mesa moon moss oak orchid otter owl path peak pine plain pond quail rain reef ridge robin sail shore sky sparrow spruce star stream summit sun swan thrush tide trail valley wave willow wind wolf wren".split(
    " "
  )

/** `number` is the run's place in its project, so that names of one project differ and sort by eye. */
export const readableName = (number: number): Effect.Effect<string> =>
  Effect.gen(function* () {
    const a = yield* Random.nextIntBetween(0, first.length - 1)
    const b = yield* Random.nextIntBetween(0, second.length - 1)
    return `${first[a]}-${second[b]}-${number}`
  })
