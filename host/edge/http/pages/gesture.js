// Notes that a hand was at work, so that an answer without words counts as a person's. The page works without it, it
// sends nothing by itself, and it keeps nothing.
(function () {
  'use strict';
  var field = document.querySelector('input[name="gesture"]');
  if (!field) return;
  [['pointerdown', 'pointer'], ['touchstart', 'touch'], ['keydown', 'key']].forEach(function (pair) {
    addEventListener(pair[0], function (event) {
      if (event.isTrusted && !field.value) field.value = pair[1];
    }, true);
  });
})();
