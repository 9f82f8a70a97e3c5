/** rate-limiter-flexible keeps its base class for stores of one's own in a file beside its exports, and its types say not what to write. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import { type RateLimiterRes, RateLimiterStoreAbstract } from 'rate-limiter-flexible'

  /** `Counted` is what the store keeps of one key; `options` arrive as `consume` and the others were given them. */
  export default abstract class StoreLimiter<Counted, Options> extends RateLimiterStoreAbstract {
    constructor(options: { keyPrefix: string; points: number; duration: number })
    protected abstract _upsert(
      key: string,
      points: number,
      durationMs: number,
      forceExpire: boolean,
      options: Options,
    ): Promise<Counted>
    protected abstract _get(key: string, options: Options): Promise<Counted | null>
    protected abstract _delete(key: string, options: Options): Promise<boolean>
    protected abstract _getRateLimiterRes(
      key: string,
      changedPoints: number,
      counted: Counted,
    ): RateLimiterRes
  }
}
