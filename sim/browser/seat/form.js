// The orders of a seat. Every order is left to the doctrine until somebody takes it over.
export default {
  template: `
    <form class="orders" @submit.prevent="decide" aria-label="Your orders" novalidate>
      <p v-if="left !== null" class="orders-clock" :class="{ late: late }">
        <span role="timer" aria-live="off">Time left: {{ clock }}</span></p>
      <p class="sr-only" role="status" aria-live="assertive">{{ warning }}</p>
      <fieldset v-for="f in fields" :key="f.name" :class="{ own: own[f.name] }">
        <legend>{{ f.label }}</legend>
        <p class="quiet" :id="id(f, 'help')">{{ f.help }}</p>
        <template v-if="f.choices.length && !f.few">
          <select :id="id(f, 'pick')" :name="f.name" :aria-label="f.label" :aria-describedby="id(f, 'help')"
            v-model="picked[f.name]" @change="own[f.name] = picked[f.name] !== ''">
            <option value="">{{ f.left }}</option>
            <option v-for="[place, label] in f.choices" :key="place" :value="String(place)">{{ label }}</option>
          </select>
        </template>
        <template v-else>
          <label class="pick"><input type="radio" :name="f.name" value="" :checked="!own[f.name]"
            :aria-describedby="id(f, 'help')" @change="own[f.name] = false"><span>{{ f.left }}</span></label>
          <label v-for="[place, label] in f.choices" :key="place" class="pick"><input type="radio" :name="f.name"
            :value="String(place)" :checked="own[f.name] && picked[f.name] === String(place)"
            @change="own[f.name] = true; picked[f.name] = String(place)"><span>{{ label }}</span></label>
          <template v-if="!f.choices.length">
            <label class="pick"><input type="radio" :name="f.name" value="own" :checked="own[f.name]"
              @change="own[f.name] = true"><span>My own:</span></label>
            <div class="number">
              <input type="range" :aria-label="f.label + ', ' + f.unit" :min="f.low" :max="f.high" :step="f.step"
                v-model.number="values[f.name]" @input="own[f.name] = true" :aria-valuetext="values[f.name] + ' ' + f.unit">
              <input type="number" :name="f.name + '-number'" :aria-label="f.label + ', ' + f.unit + ', as a number'"
                :min="f.low" :max="f.high" :step="f.step" inputmode="decimal" v-model.number="values[f.name]"
                @input="own[f.name] = true" :aria-invalid="wrong(f)"
                :aria-describedby="wrong(f) ? id(f, 'wrong') : null"><span class="unit">{{ f.unit }}</span>
            </div>
            <p v-if="wrong(f)" class="complaint" :id="id(f, 'wrong')" role="alert">
              A number from {{ f.low }} to {{ f.high }} is needed.</p>
          </template>
        </template>
      </fieldset>
      <div class="orders-end">
        <button type="submit" class="decide" :disabled="sent">Decide</button>
        <span class="quiet" role="status">{{ summary }}</span>
      </div>
    </form>`,
  props: { fields: Array, left: Number, running: Boolean },
  emits: ["decide"],
  data() {
    return {
      own: Object.fromEntries(this.fields.map((f) => [f.name, false])),
      picked: Object.fromEntries(this.fields.map((f) => [f.name, ""])),
      values: Object.fromEntries(this.fields.map((f) => [f.name, f.start])),
      sent: false,
      end: 0,
      now: 0,
      ticker: null,
    };
  },
  mounted() {
    this.set();
    this.ticker = setInterval(() => (this.now = Date.now()), 250);
  },
  unmounted() {
    clearInterval(this.ticker);
  },
  watch: { left: "set", running: "set" },
  methods: {
    set() {
      this.now = Date.now();
      this.end = this.now + 1000 * (this.left ?? 0);
    },
    id(field, part) {
      return `order-${field.name}-${part}`;
    },
    wrong(f) {
      const value = this.values[f.name];
      return this.own[f.name] && (typeof value !== "number" || !(value >= f.low && value <= f.high));
    },
    decide() {
      if (this.sent) return;
      const bad = this.fields.find((f) => !f.choices.length && this.wrong(f));
      if (bad) return this.$el.querySelector(`[name="${bad.name}-number"]`).focus();
      this.sent = true;
      const taken = this.fields.filter((f) => this.own[f.name]);
      const value = (f) => (f.choices.length ? Number(this.picked[f.name]) : this.values[f.name]);
      this.$emit("decide", Object.fromEntries(taken.map((f) => [f.name, value(f)])));
    },
    again() {
      this.sent = false;
    },
  },
  computed: {
    seconds() {
      const left = this.left ?? 0;
      return Math.max(0, Math.round(this.running ? (this.end - this.now) / 1000 : left));
    },
    clock() {
      return `${Math.floor(this.seconds / 60)}:${String(this.seconds % 60).padStart(2, "0")}`;
    },
    late() {
      return this.left !== null && this.running && this.seconds <= 10;
    },
    warning() {
      if (!this.late) return "";
      return this.seconds > 0 ? "Ten seconds or less are left to decide." : "The time is over: the doctrine decides.";
    },
    summary() {
      const count = this.fields.filter((f) => this.own[f.name]).length;
      return count ? `${count} of ${this.fields.length} are your own.` : "All is left to your doctrine.";
    },
  },
};
